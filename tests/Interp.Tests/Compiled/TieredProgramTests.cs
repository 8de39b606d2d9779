using RbpfSpec.Assembly;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Compiled;

/// <summary>When programs are compiled, what they learn, and when they are not.</summary>
public sealed class TieredProgramTests
{
    // Counts r0 down; a helper call, a local call and an access of the second region in each round.
    private const string Loop =
        """
        mov %r6, %r2
        mov %r7, %r1
        loop: mov %r1, %r6
        call local square
        add %r8, %r0
        ldxb %r3, [%r7]
        add %r8, %r3
        stxdw [%r10-8], %r8
        mov %r1, %r8
        call 7
        ldxdw %r8, [%r10-8]
        add %r6, -1
        jne %r6, 0, loop
        mov %r0, %r8
        exit
        square: mul %r1, %r1
        stxdw [%r10-16], %r1
        ldxdw %r0, [%r10-16]
        exit
        """;

    // The atomic instruction leaves compiled code, so that what follows begins with registers from the state. Most registers are in
    // use, r9 in one that a division needs, and its high half is needed afterwards only.
    private const string Pressed =
        """
        lddw %r1, 0x71
        lddw %r2, 0x8fc70e2bb7090eeb
        lddw %r3, 0xfffffffeffffffff
        lddw %r4, 0xffffffffbe6a870f
        lddw %r5, 0x53c52d33
        lddw %r6, 0x80000001
        lddw %r9, 0xfedcba9876543210
        lock fetch xor32 [%r10-32], %r0
        OPERATION %r0, %r9
        OPERATION %r8, %r7
        stw [%r10-20], 536870908
        exit
        """;

    private static readonly Profile Roomy = Profile.Rbpf with { BranchLimit = new Allowance<ulong>.Remaining(1_000_000) };

    public static TheoryData<int> Worths => [.. Enumerable.Range(1, 40).Select(number => number * 37)];

    [Theory]
    [MemberData(nameof(Worths))]
    public void A_run_goes_on_in_compiled_code_where_it_was(int worth)
    {
        var program = ProgramOf(Loop, Roomy);
        var mirror = new VmMirror(program, new() { Engine = Engine.Auto, WorthCompiling = (ulong)worth }, [MirroredHelper.Mix]);

        for (var i = 0; i < 3; i++) mirror.Run(new byte[100]);

        mirror.Vm.IsCompiled.ShouldBeTrue();
        mirror.Vm.StaysInterpreted.ShouldBeNull();
    }

    [Theory]
    [InlineData("div32")]
    [InlineData("mod32")]
    [InlineData("sdiv32")]
    [InlineData("smod32")]
    [InlineData("lsh32")]
    [InlineData("rsh32")]
    [InlineData("arsh32")]
    [InlineData("div")]
    [InlineData("lsh")]
    public void An_operation_of_the_low_half_of_a_register_keeps_the_high_half(string operation)
    {
        var vm = new Vm(
            ProgramOf(Pressed.Replace("OPERATION", operation, StringComparison.Ordinal), Profile.Rfc9669),
            new() { Engine = Engine.Compiled });

        vm.Run(new byte[8]);

        vm.Register(9).ShouldBe(0xfedc_ba98_7654_3210);
    }

    [Fact]
    public void A_program_is_compiled_once_it_has_executed_a_million_instructions()
    {
        var vm = new Vm(ProgramOf("loop: add %r0, 1\njlt %r0, 1000, loop\nexit", Roomy));
        byte[] context = [1];
        for (var i = 0; i < 400; i++) vm.Run(context);
        vm.IsCompiled.ShouldBeFalse();

        for (var i = 0; i < 400; i++) vm.Run(context).ShouldBe(new RunResult(null, 1000, 2));

        vm.IsCompiled.ShouldBeTrue();
        vm.BranchesLeft.ShouldBe(1_000_000UL - 999);
        vm.Engine.ShouldBe(Engines.Choose(Engine.Auto));
    }

    [Fact]
    public void Where_accesses_are_is_learned()
    {
        var program = ProgramOf("ldxdw %r2, [%r1]\nldxdw %r0, [%r2]\nstxdw [%r2+8], %r0\nexit", Roomy);
        var mirror = new VmMirror(program, new() { Engine = Engine.Compiled });
        mirror.Map("a", AddressSpace.Added, [.. Enumerable.Range(1, 16).Select(i => (byte)i)], Permission.ReadWrite);
        mirror.Map("b", AddressSpace.Added + 0x1000, [.. Enumerable.Range(7, 16).Select(i => (byte)i)], Permission.Read);
        ulong[] addresses = [AddressSpace.Added, AddressSpace.Added + 0x1000, AddressSpace.Added + 1, AddressSpace.Stack + 8, 3];

        for (var i = 0; i < 1_500; i++) mirror.Run(BitConverter.GetBytes(addresses[i % addresses.Length]));
        mirror.Unmap("a");
        for (var i = 0; i < 1_500; i++) mirror.Run(BitConverter.GetBytes(addresses[i % addresses.Length]));

        mirror.Vm.IsCompiled.ShouldBeTrue();
    }

    [Fact]
    public void A_program_that_would_be_compiled_badly_is_not_and_says_why()
    {
        var text = string.Concat(Enumerable.Repeat("ldxb %r3, [%r1]\nadd %r0, %r3\n", 1_000)) + "exit";
        var vm = new Vm(ProgramOf(text, Roomy), new() { Engine = Engine.Compiled });

        vm.Run([1]).ShouldBe(new RunResult(null, 1000, 2000));

        vm.IsCompiled.ShouldBeFalse();
        vm.StaysInterpreted.ShouldNotBeNull().ShouldContain("the runtime may not optimise it");
    }

    [Fact]
    public void A_program_that_leaves_compiled_code_all_the_time_is_interpreted_again()
    {
        var vm = new Vm(
            ProgramOf("mov %r2, 0\nloop: lock add [%r1], %r2\nadd %r2, 1\njne %r2, 50000, loop\nmov %r0, %r2\nexit", Roomy),
            new() { Engine = Engine.Compiled });

        vm.Run(new byte[8]).ShouldBe(new RunResult(null, 50_000, 5));
        vm.Run(new byte[8]).ShouldBe(new RunResult(null, 50_000, 5));

        vm.IsCompiled.ShouldBeFalse();
        vm.StaysInterpreted.ShouldNotBeNull().ShouldContain("to the interpreter every");
    }

    // Compiled in a run without a context, its store is expected on the stack; code for runs with one expects it there.
    [Fact]
    public void What_code_made_with_other_expectations_has_left_on_the_stack_is_not_there_in_the_next_run()
    {
        var text = $"ldxdw %r0, [%r10-8]\nlddw %r6, {AddressSpace.Stack + (ulong)Roomy.FrameBytes - 8}\nstdw [%r6], 7\nexit";
        var mirror = new VmMirror(ProgramOf(text, Roomy), new() { Engine = Engine.Compiled, WorthRepeating = 0 });
        mirror.Run();
        var repeating = 0;

        for (var i = 0; i < 6; i++)
        {
            mirror.Run(1, 2, 3);
            if (mirror.Vm.Repeats) repeating++;
        }

        repeating.ShouldBeGreaterThan(1);

        // What it learns of where the store goes, code for runs that begin alike has, too: it is not left in every second run.
        for (var i = 0; i < 500; i++) mirror.Run(1, 2, 3);
        for (var i = 0; i < 10; i++)
        {
            mirror.Run(1, 2, 3);
            mirror.Vm.Repeats.ShouldBeTrue($"run {i}");
        }
    }

    // Where a loop begins, all code can be entered, and then it is not known that r6 is made from r10.
    [Fact]
    public void Code_for_runs_that_begin_alike_is_proved_with_the_expectations_that_a_machine_has()
    {
        var program = ProgramOf("mov %r6, %r10\nloop: stxdw [%r6-8], %r0\nadd %r0, 1\njlt %r0, 5, loop\nexit", Roomy);

        var (any, alike) = (CompiledAssembly.Of(program), CompiledAssembly.OfAlike(program).ShouldNotBeNull());

        alike.Plan.Entries.Count.ShouldBeLessThan(any.Plan.Entries.Count);
        alike.Expectations.BySlot.Keys.ShouldHaveSingleItem();
        foreach (var (slot, regions) in alike.Expectations.BySlot) regions.ShouldBe(any.Expectations.BySlot[slot]);
    }

    private static CheckedProgram ProgramOf(string text, Profile profile) => CheckedProgram.Check(
        ((Assembled.Success)Assembler.Parse(text)).Program, 0, Admission.Of(profile, [7]), out _)!;
}
