using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Certified;

/// <summary>A machine with a certificate does what one without does, and uses it in those runs alone that it is about.</summary>
public sealed class MappedRunsTests
{
    // Sums up to 8 bytes of the context, by way of the stack; beyond 64 bytes, it would read below its stack.
    private const string Sum =
        """
        mov %r3, 0
        mov %r0, 0
        jlt %r2, 8, end
        loop: mov %r4, %r1
        add %r4, %r3
        ldxb %r5, [%r4]
        mov %r6, %r10
        add %r6, -64
        stxdw [%r6], %r5
        ldxdw %r5, [%r6]
        add %r0, %r5
        add %r3, 1
        jlt %r3, 8, loop
        mov %r6, %r10
        sub %r6, %r2
        stxb [%r6], %r5
        end: exit
        """;

    // Where it stores, the first byte of a region says that it cannot write.
    private const string Indexed =
        """
        lddw %r1, 0x40000000
        ldxb %r2, [%r1]
        mov %r3, %r10
        add %r3, -64
        add %r3, %r2
        stxb [%r3], %r2
        ldxb %r0, [%r10-56]
        exit
        """;

    private const string Calling =
        """
        mov %r1, %r10
        add %r1, -16
        mov %r2, 16
        call 7
        ldxdw %r0, [%r10-16]
        exit
        """;

    private static readonly CheckedProgram Summing = Certificates.Program(Sum);

    [Theory]
    [InlineData(Engine.Compiled)]
    [InlineData(Engine.Auto)]
    public void It_is_used_for_contexts_of_the_lengths_that_it_is_about(Engine engine)
    {
        var mirror = Mirror(Summing, new(8, 64), new() { Engine = engine, WorthCompiling = 40 });
        foreach (var length in (int[])[8, 8, 9, 64, 65, 65, 100, 7, 1, 1, 0, 0, 600, 8, 8, 8])
        {
            mirror.Run(Bytes(length));

            if (length is >= 8 and <= 64) mirror.Vm.StaysChecked.ShouldBeNull($"{length} bytes");
            else mirror.Vm.StaysChecked.ShouldBe($"it is about contexts of 8..64 bytes, not {length}");
        }

        mirror.Vm.IsCompiled.ShouldBeTrue();
    }

    [Theory]
    [InlineData(200)]
    [InlineData(8)]
    [InlineData(7)]
    [InlineData(3)]
    [InlineData(0)]
    public void A_run_ends_where_its_budget_does(int branches)
    {
        var mirror = Mirror(
            Summing, new(0, 64), new() { Engine = Engine.Compiled, BranchLimit = new Allowance<ulong>.Remaining((ulong)branches) });
        foreach (var length in (int[])[8, 9, 7, 1, 0, 8])
        {
            mirror.Run(Bytes(length));

            mirror.Vm.StaysChecked.ShouldBeNull();
        }

        mirror.Vm.IsCompiled.ShouldBeTrue();
    }

    [Fact]
    public void One_of_another_program_is_not_used_even_if_it_says_that_it_is_of_this_one()
    {
        var bold = Certificates.Program(Sum.Replace("jlt %r3, 8, loop", "jlt %r3, 80, loop", StringComparison.Ordinal));
        var certificate = Certificates.Of(Summing, new(8, 64));

        Used(bold, certificate).ShouldBe("it is about another program");

        var own = Certificates.Assumed(Certificates.Of(bold, new(8, 64)), "program");
        Used(bold, Certificates.With(certificate, Certificates.Assumed(certificate, "program"), own))
            .ShouldNotBeNull().ShouldStartWith("slot 3: r3 is");
    }

    // It says nothing of the store that was moved, so it is true of the other program as well; and the store is checked.
    [Fact]
    public void What_it_does_not_prove_is_checked()
    {
        var other = Certificates.Program(Sum.Replace("add %r6, -64", "add %r6, 64", StringComparison.Ordinal));
        var certificate = Certificates.Of(Summing, new(8, 64));
        var own = Certificates.Assumed(Certificates.Of(other, new(8, 64)), "program");
        var mirror = new VmMirror(
            other,
            new()
            {
                Engine = Engine.Compiled,
                Certificate = Certificates.With(certificate, Certificates.Assumed(certificate, "program"), own),
            });

        mirror.Run(Bytes(8)).Trap.ShouldBe(Trap.MemoryAccess);

        mirror.Vm.StaysChecked.ShouldBeNull();
    }

    [Theory]
    [InlineData("\"greatestContext\": 64", "\"greatestContext\": 1024", "")]
    [InlineData("\"greatestContext\": 64", "\"greatestContext\": 2147483647", "there are no contexts that it is about")]
    [InlineData("\"leastContext\": 8", "\"leastContext\": 0", "slot 16: r1 is 0, not")]
    [InlineData("\"version\": 2", "\"version\": 1", "its version is not 2")]
    [InlineData("\"assumes\"", "\"assume\"", "it is no certificate: 'assumes' is missing; expected what 'analyze --certificate' writes")]
    [InlineData("{", "[", "it is no certificate: no JSON from line 2 on")]
    [InlineData("\"rounds\": []", "\"rounds\": [\"67108867 64 0 0 0 0\"]", "counts rounds of what is no loop")]
    public void One_that_was_changed_is_not_used(string text, string other, string reason)
    {
        var lack = Used(Summing, Certificates.With(Certificates.Of(Summing, new(8, 64)), text, other)).ShouldNotBeNull();

        lack.ShouldContain(reason);
    }

    [Fact]
    public void It_is_used_where_what_is_mapped_is_what_it_is_about()
    {
        var mirror = Mirror(Summing, new(8, 64), new() { Engine = Engine.Compiled });
        mirror.Run(Bytes(8));
        mirror.Vm.StaysChecked.ShouldBeNull();

        mirror.Map("more", AddressSpace.Added, new byte[8], Permission.ReadWrite);
        mirror.Run(Bytes(8));
        mirror.Vm.StaysChecked.ShouldBe("it is about another memory");

        mirror.Unmap("more");
        mirror.Run(Bytes(8));
        mirror.Vm.StaysChecked.ShouldBeNull();

        // Mapped and taken back between two runs of the same length.
        mirror.Map("more", AddressSpace.Added, new byte[8], Permission.ReadWrite);
        mirror.Unmap("more");
        mirror.Run(Bytes(8));
        mirror.Vm.StaysChecked.ShouldBeNull();
    }

    [Fact]
    public void It_is_not_used_once_bytes_that_it_rests_on_are_others()
    {
        var program = Certificates.Program(Indexed);
        byte[] table = [8, 1, 2];
        var certificate = Certificates.Of(
            program, new(0, 0), [Region.Of("table", AddressSpace.Added, [8, 1, 2], Permission.Read)]);
        var vm = new Vm(program, new() { Engine = Engine.Compiled, Certificate = certificate });
        vm.Map("table", AddressSpace.Added, table, Permission.Read);
        vm.Run([]).Result.ShouldBe(8UL);
        vm.StaysChecked.ShouldBeNull();

        table[0] = 65;
        vm.Run([]).Trap.ShouldBe(Trap.MemoryAccess);
        vm.StaysChecked.ShouldBe("'table' holds other bytes than when it was confirmed");

        table[0] = 8;
        vm.Run([]).Result.ShouldBe(8UL);
        vm.StaysChecked.ShouldBeNull();

        vm.Unmap("table");
        vm.Map("table", AddressSpace.Added, table, Permission.ReadWrite);
        vm.Run([]).Result.ShouldBe(8UL);
        vm.StaysChecked.ShouldBe("it is about another memory");
    }

    // A thread of the host changes the bytes in the middle of a run: what was confirmed is what the program reads.
    [Fact]
    public void Bytes_that_are_changed_during_a_run_mislead_nobody()
    {
        byte[] table = [8, 1, 2];
        var faulty = new VmHelper(new(7, "spoil", "Changes what it was not lent.", []), _ => table[0] = 200);
        var program = Certificates.Program($"call 7\n{Indexed}", 7);
        var certificate = Certificates.Of(
            program,
            new(0, 0),
            [Region.Of("table", AddressSpace.Added, [8, 1, 2], Permission.Read)],
            [faulty.Declaration]);
        var vm = new Vm(program, new() { Engine = Engine.Compiled, Certificate = certificate, Helpers = [faulty] });
        vm.Map("table", AddressSpace.Added, table, Permission.Read);

        vm.Run([]).Result.ShouldBe(8UL);

        vm.StaysChecked.ShouldBeNull();
        vm.Run([]).Trap.ShouldBe(Trap.MemoryAccess);
        vm.StaysChecked.ShouldNotBeNull();
    }

    [Fact]
    public void It_is_not_used_where_helpers_may_do_other_things()
    {
        var program = Certificates.Program(Calling, 7);
        Helper reads = new(7, "look", "", [new ArgumentKind.Readable(new ByteCount.InArgument(2))]);
        Helper writes = new(7, "fill", "", [new ArgumentKind.Writable(new ByteCount.InArgument(2))]);
        Helper other = new(8, "other", "", []);
        var certificate = Certificates.Of(program, new(0, 8), helpers: [reads, other]);

        Used(program, certificate, new VmHelper(reads, _ => 0)).ShouldBeNull();
        Used(program, certificate, new VmHelper(writes, _ => 0)).ShouldBe("it is about another set of helpers");
        Used(program, certificate).ShouldBe("it is about another set of helpers");
    }

    [Fact]
    public void It_is_not_used_where_the_platform_may_give_other_addresses()
    {
        // The address of a variable of the platform.
        var profile = Profile.Rfc9669 with { PlatformEncodings = [PlatformEncoding.Variables] };
        var plain = Certificates.Program("lddw %r1, 0x40000000\nexit");
        var bytes = plain.Program.ToBytes();
        bytes[1] = 0x31;
        var program = CheckedProgram.Check(bytes, 0, Admission.Of(profile, []), out var problems);
        program.ShouldNotBeNull(string.Join(' ', problems));

        Used(program, Certificates.Of(plain, new(0, 8))).ShouldBe("the instruction at slot 0 depends on the platform");
    }

    [Theory]
    [InlineData(Engine.Switch)]
    [InlineData(Engine.Threaded)]
    public void Interpreters_check_everything(Engine engine)
    {
        if (!Engines.IsAvailable(engine)) return;
        var mirror = Mirror(Summing, new(8, 64), new() { Engine = engine });

        mirror.Run(Bytes(8));

        mirror.Vm.StaysChecked.ShouldBe("the engine checks everything");
    }

    private static VmMirror Mirror(CheckedProgram program, ContextLengths context, VmOptions options) =>
        new(program, options with { Certificate = Certificates.Of(program, context) });

    private static byte[] Bytes(int length) => [.. Enumerable.Range(1, length).Select(i => (byte)i)];

    // Why a machine that is given a certificate does not use it.
    private static string? Used(CheckedProgram program, byte[] certificate, params VmHelper[] helpers)
    {
        var vm = new Vm(program, new() { Engine = Engine.Compiled, Certificate = certificate, Helpers = [.. helpers] });
        vm.Run(Bytes(8));
        return vm.StaysChecked;
    }
}
