using RbpfSpec.Host;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Reports;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Reports;

public sealed class TrapReportTests
{
    private const ulong Context = AddressSpace.Context;

    private static readonly Profile Rbpf = Profile.Rbpf;

    [Theory]
    [InlineData("mem/ldxb", Context, 8, "load of 1 byte at 0x20000008 = r1 (0x20000000) + 8; ends 1 byte past the end of context: "
        + "8 bytes at 0x20000000, read and write")]
    [InlineData("mem/ldxdw", Context + 8, 0, "load of 8 bytes at 0x20000008 = r1 (0x20000008); ends 8 bytes past the end of context: "
        + "8 bytes at 0x20000000, read and write")]
    [InlineData("mem/ldxsw", Context, -4, "load of 4 bytes at 0x1ffffffc = r1 (0x20000000) - 4; starts 4 bytes below context: "
        + "8 bytes at 0x20000000, read and write")]
    [InlineData("mem/ldxb", 0, 0, "load of 1 byte at 0x0 = r1 (0x0); r1 is 0: a null pointer; starts 0x10000000 bytes below stack: "
        + "512 bytes at 0x10000000, read and write")]
    [InlineData("mem/ldxb", 8, 4, "load of 1 byte at 0xc = r1 (0x8) + 4; the address is next to 0, "
        + "as those of members behind a null pointer are; starts 0xffffff4 bytes below stack: 512 bytes at 0x10000000, read and write")]
    [InlineData("mem/ldxb", 0, -8, "load of 1 byte at 0xfffffffffffffff8 = r1 (0x0) - 8; r1 is 0: a null pointer; "
        + "ends 0xffffffffdffffff1 bytes past the end of context: 8 bytes at 0x20000000, read and write")]
    [InlineData("mem/ldxb", Context + (1UL << 32), 0, "load of 1 byte at 0x120000000 = r1 (0x120000000); "
        + "the low 32 bits are an address in context; is the upper half of the pointer wrong?; "
        + "ends 0xfffffff9 bytes past the end of context: 8 bytes at 0x20000000, read and write")]
    public void A_load_that_is_refused_says_where_and_by_how_much(string form, ulong r1, int offset, string text) =>
        Report(Samples.InstructionOf(form, 0, 1, offset), Samples.StateOf(Rbpf, (1, r1))).Text.ShouldBe(text);

    [Theory]
    [InlineData("mem/stxw", "store of 4 bytes at 0x30000002 = r1 (0x30000000) + 2; table is read-only: 16 bytes at 0x30000000")]
    [InlineData("mem/stb", "store of 1 byte at 0x30000002 = r1 (0x30000000) + 2; table is read-only: 16 bytes at 0x30000000")]
    [InlineData(
        "atomic/add64", "load and store of 8 bytes at 0x30000002 = r1 (0x30000000) + 2; table is read-only: 16 bytes at 0x30000000")]
    [InlineData(
        "atomic/cmpxchg32", "load and store of 4 bytes at 0x30000002 = r1 (0x30000000) + 2; table is read-only: 16 bytes at 0x30000000")]
    public void A_store_to_what_is_read_only_says_so(string form, string text)
    {
        var state = Samples.StateOf(Rbpf, (1, 0x3000_0000));
        var table = Region.Of("table", 0x3000_0000, new byte[16], Permission.Read);
        state = state with { Memory = state.Memory.WithRegions(state.Memory.Regions.Add(table)) };

        Report(Samples.InstructionOf(form, 1, 2, 2), state).Text.ShouldBe(text);
    }

    [Fact]
    public void An_access_across_two_frames_says_so()
    {
        var state = Samples.StateOf(Rbpf);
        state = state with { Memory = state.Memory.PushFrame(), Frames = [new(Word.Of(0), [])] };

        Report(Samples.InstructionOf("mem/ldxdw", 0, 1), state with { Registers = state.Registers.With(1, Word.Of(0x0fff_fffd)) }).Text
            .ShouldEndWith("crosses from stack frame 1 into stack, where its last 5 bytes would be: an access must lie within one region");
    }

    [Fact]
    public void A_region_that_is_smaller_than_the_access_is_told_with_its_size()
    {
        var state = Samples.StateOf(Rbpf, (1, 0x4000_0000 - 1));
        state = state with { Memory = state.Memory.WithRegions([Region.Of("flag", 0x4000_0000, new byte[2], Permission.Write)]) };

        Report(Samples.InstructionOf("mem/stxw", 1, 2), state).Details[1].ShouldBe(
            "starts 1 byte below flag and ends 1 byte past its end: 2 bytes at 0x40000000, write-only");
    }

    [Fact]
    public void Where_frames_come_and_go_an_address_below_the_stack_may_be_one_that_has_gone()
    {
        var load = Samples.InstructionOf("mem/ldxb", 0, 10, -520);
        var state = Samples.StateOf(Rbpf);

        Report(load, state).Access!.Hint.ShouldBeNull();
        Report(load, state, Samples.InstructionOf("jmp/call-local", immediate: -1)).Access!.Hint.ShouldNotBeNull()
            .ShouldContain("local variable");
    }

    [Fact]
    public void Without_regions_none_is_named()
    {
        var state = Samples.StateOf(Rbpf);
        Report(Samples.InstructionOf("mem/ldxb", 0, 10), state with { Memory = state.Memory.WithRegions([]) }).Text
            .ShouldContain("there is no region of memory");
    }

    [Fact]
    public void A_packet_load_is_told_from_the_packets_start()
    {
        var report = Report(Samples.InstructionOf("packet/ldabsw", immediate: 6), Samples.StateOf(Rbpf), profile: Samples.Contrary);

        report.Details[0].ShouldBe("load of 4 bytes at 0x20000006, 6 bytes after the packet's start at 0x20000000");
        report.Access!.Nearest!.Past.ShouldBe(2UL);
    }

    [Theory]
    [InlineData(0x01, 0, 0, 0, "printf (helper 0x1) reads at least 1 byte at 0x0, its argument r1")]
    [InlineData(0x02, Context, 0x10, 4, "memcpy (helper 0x2) reads 4 bytes (as r3 says) at 0x10, its argument r2")]
    [InlineData(0x02, Context + 1, Context, 8, "memcpy (helper 0x2) reads and writes 8 bytes (as r3 says) at 0x20000001, its argument r1")]
    [InlineData(0x12, 5, Context + 5, 0, "fetch_local (helper 0x12) reads and writes 4 bytes at 0x20000005, its argument r2")]
    public void A_helpers_argument_is_named(int helper, ulong r1, ulong r2, ulong r3, string detail) =>
        Report(Samples.InstructionOf("jmp/call-helper", immediate: helper), Samples.StateOf(Rbpf, (1, r1), (2, r2), (3, r3))).Details[0]
            .ShouldBe(detail);

    [Theory]
    [InlineData("alu/div32-x", 0UL, "r1, the divisor, is 0")]
    [InlineData("alu/mod32-x", 1UL << 32, "the low 32 bits of r1 (0x100000000), the divisor, are 0")]
    [InlineData("alu/sdiv64-x", 0UL, "r1, the divisor, is 0")]
    [InlineData("alu/mod64-k", 5UL, "the immediate, the divisor, is 0")]
    public void A_zero_divisor_is_named(string form, ulong r1, string text) =>
        Report(Samples.InstructionOf(form, 0, 1), Samples.StateOf(Rbpf, (1, r1))).Text.ShouldBe(text);

    [Theory]
    [InlineData("alu/lsh64-x", 64UL, "r1, the shift amount, is 0x40; expected at most 63")]
    [InlineData("alu/rsh32-x", 0x1_0000_0020UL, "r1, the shift amount, is 0x20; expected at most 31")]
    [InlineData("alu/sdiv64-x", ulong.MaxValue, "r0 holds the least number of 64 bits (0x8000000000000000), and r1, the divisor, is -1")]
    public void Other_operands_that_trap_are_named(string form, ulong r1, string text) =>
        Report(
            Samples.InstructionOf(form, 0, 1),
            Samples.StateOf(Rbpf, (0, 1UL << 63), (1, r1)),
            profile: Samples.Contrary).Text.ShouldBe(text);

    [Fact]
    public void A_misaligned_address_says_by_how_much() =>
        Report(Samples.InstructionOf("mem/ldxw", 0, 1, 3), Samples.StateOf(Rbpf, (1, Context)), profile: Samples.Contrary).Text
            .ShouldBe("load of 4 bytes at 0x20000003 = r1 (0x20000000) + 3; the address is 3 bytes above a multiple of 4");

    [Fact]
    public void What_is_used_up_is_counted()
    {
        var jump = Samples.InstructionOf("jmp/ja", offset: -1);
        var none = new Allowance<Word>.Remaining(Word.Of(0));
        var state = Samples.StateOf(Rbpf) with { Budget = new(none, new Allowance<Word>.Unlimited()) };

        Report(jump, state).Text.ShouldBe("all 200 taken branches and local calls are used up");
        Report(jump, state with { Budget = new(none, none) }).Text.ShouldBe("all 1000 instructions are used up");
    }

    [Fact]
    public void The_depth_of_calls_is_counted()
    {
        var state = Samples.StateOf(Rbpf) with { Frames = Sequence.Generate(7, _ => new Frame<Word>(Word.Of(0), [])) };

        Report(Samples.InstructionOf("jmp/call-local", immediate: 0), state).Text.ShouldBe("8 stack frames are in use, and rbpf grants 8");
    }

    [Fact]
    public void A_helper_that_is_not_granted_is_named()
    {
        var bare = Samples.StateOf(Rbpf) with { Host = HostState<Word>.Bare };
        var printer = bare with { Host = DefaultHost.Granting([0x01]) };
        var known = bare with { Host = DefaultHost.Granting([]) };

        Report(Samples.InstructionOf("jmp/call-helper", immediate: 2), known).Text.ShouldBe(
            "the helper memcpy (0x2) is not granted; none is");
        Report(Samples.InstructionOf("jmp/call-helper", immediate: 2), bare).Text.ShouldBe("the helper 0x2 is not granted; none is");
        Report(Samples.InstructionOf("jmp/call-helper", immediate: 77), printer).Text.ShouldBe(
            "the helper 0x4d is not granted; granted: printf (0x1)");
        Report(Samples.InstructionOf("jmp/call-btf", immediate: 1), printer, profile: Samples.Contrary).Text
            .ShouldBe("the function with BTF id 0x1 is not granted; none is");
    }

    [Fact]
    public void What_preflight_would_have_found_is_told()
    {
        Report(Samples.ProgramOf("ff00000000000000"), Samples.StateOf(Rbpf), Rbpf).Text.ShouldContain("; expected ");
        Report(Samples.ProgramOf("ff00000000000000"), Samples.StateOf(Rbpf) with { ProgramCounter = Word.Of(9) }, Rbpf).Text
            .ShouldBe("the program counter is 9; the program ends before slot 1");
    }

    private static TrapReport Report(
        Instruction instruction, State<Word> state, Instruction? next = null, Profile? profile = null) =>
        Report(Program.Of(next is null ? [instruction] : [instruction, next]), state, profile ?? Rbpf);

    private static TrapReport Report(Program program, State<Word> state, Profile profile)
    {
        var end = new ReferenceMachine(program, profile).Step(state).ShouldBeOfType<Outcome<Word>.Trapped>();
        var granted = new Budget<Word>(new Allowance<Word>.Remaining(Word.Of(200)), new Allowance<Word>.Remaining(Word.Of(1000)));
        return TrapReport.Of(program, profile, granted, end);
    }
}
