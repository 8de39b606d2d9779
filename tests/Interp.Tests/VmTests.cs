using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>The machine that .NET programs embed.</summary>
public sealed partial class VmTests
{
    private static readonly VmHelper Sum = new(
        new(
            7,
            "sum",
            "Adds the bytes at r1, r2 of them.",
            [new ArgumentKind.Readable(new ByteCount.InArgument(2)), new ArgumentKind.Value()]),
        call =>
        {
            ulong sum = 0;
            foreach (var item in call.Readable(1)) sum += item;
            return sum;
        });

    private static readonly VmHelper Fill = new(
        new(8, "fill", "Fills the 4 bytes at r1 with r2.", [new ArgumentKind.Writable(new ByteCount.Fixed(4)), new ArgumentKind.Value()]),
        call =>
        {
            call.Writable(1).Fill((byte)call.Argument(2));
            return 0;
        });

    public static TheoryData<Engine> Available => [.. Comparison.Available];

    [Theory]
    [MemberData(nameof(Available))]
    public void A_run_reads_and_writes_the_context_of_its_caller(Engine engine)
    {
        var vm = Machine("ldxw %r0, [%r1]\nadd %r0, 1\nstxw [%r1], %r0\nexit", engine);
        byte[] context = [41, 0, 0, 0];

        vm.Run(context).ShouldBe(new RunResult(null, 42, 3));
        context.ShouldBe([42, 0, 0, 0]);
        vm.Engine.ShouldBe(engine);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void A_trap_says_what_and_where_and_leaves_the_registers(Engine engine)
    {
        var vm = Machine("mov %r0, 7\nldxb %r0, [%r1+4]\nexit", engine);

        vm.Run([1, 2, 3, 4]).ShouldBe(new RunResult(Trap.MemoryAccess, 7, 1));
        vm.Register(2).ShouldBe(4UL);
        vm.Register(10).ShouldBe(AddressSpace.Stack + 512);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Runs_do_not_see_the_stack_of_earlier_ones(Engine engine)
    {
        var vm = Machine("ldxdw %r0, [%r10-8]\nstdw [%r10-8], 5\nexit", engine);

        vm.Run([]).Result.ShouldBe(0UL);
        vm.Run([]).Result.ShouldBe(0UL);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Budgets_end_runs_that_would_not_end(Engine engine)
    {
        var loop = Machine("ja -1\nexit", engine);
        loop.Run([]).Trap.ShouldBe(Trap.BranchBudget);
        loop.BranchesLeft.ShouldBe(0UL);

        var metered = Machine("ja -1\nexit", engine, new()
        {
            BranchLimit = new Allowance<ulong>.Unlimited(),
            InstructionLimit = new Allowance<ulong>.Remaining(1_000),
        });
        metered.Run([]).Trap.ShouldBe(Trap.InstructionBudget);
        metered.InstructionsLeft.ShouldBe(0UL);
        metered.BranchesLeft.ShouldBe(ulong.MaxValue - 1_000);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Mapped_memory_is_the_callers_and_has_its_permission(Engine engine)
    {
        var bytes = new byte[] { 1, 2, 3, 4 };
        var vm = Machine("lddw %r1, 0x40000000\nldxw %r0, [%r1]\nstw [%r1], 9\nexit", engine);

        vm.Run([]).ShouldBe(new RunResult(Trap.MemoryAccess, 0, 2));
        vm.Map("table", AddressSpace.Added, bytes, Permission.Read);
        vm.Run([]).ShouldBe(new RunResult(Trap.MemoryAccess, 0x0403_0201, 3));
        vm.Unmap("table").ShouldBeTrue();
        vm.Unmap("table").ShouldBeFalse();
        vm.Map("table", AddressSpace.Added, bytes, Permission.ReadWrite);
        vm.Run([]).Trap.ShouldBeNull();
        bytes.ShouldBe([9, 0, 0, 0]);
    }

    [Fact]
    public void Ranges_that_overlap_are_refused()
    {
        var vm = Machine("mov %r0, 0\nexit", Engine.Auto);
        vm.Map("after", AddressSpace.Context + 8, new byte[8], Permission.Read);

        Should.Throw<ArgumentException>(() => vm.Map("after", AddressSpace.Added, new byte[1], Permission.Read))
            .Message.ShouldContain("'after' is mapped already");
        Should.Throw<ArgumentException>(() => vm.Map("frames", AddressSpace.Stack - 1, new byte[1], Permission.Read))
            .Message.ShouldContain("'stack'");
        Should.Throw<ArgumentException>(() => vm.Map("end", ulong.MaxValue, new byte[2], Permission.Read));
        Should.Throw<ArgumentException>(() => vm.Run(new byte[9])).Message.ShouldContain("'context'");
        vm.Run(new byte[8]).Trap.ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void Helpers_see_the_bytes_that_are_granted_and_no_others(Engine engine)
    {
        var options = new VmOptions { Helpers = [Sum, Fill] };
        var sum = Machine("call 7\nexit", engine, options);
        sum.Run([1, 2, 3]).ShouldBe(new RunResult(null, 6, 1));

        var beyond = Machine("add %r2, 1\ncall 7\nexit", engine, options);
        beyond.Run([1, 2, 3]).ShouldBe(new RunResult(Trap.MemoryAccess, 0, 1));

        var fill = Machine("mov %r2, 6\ncall 8\nldxw %r0, [%r1]\nexit", engine, options);
        fill.Run([1, 2, 3, 4]).Result.ShouldBe(0x0606_0606UL);

        Machine("call 7\nexit", engine).Run([]).Trap.ShouldBe(Trap.UnknownHelper);
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void An_exception_of_a_helper_reaches_the_caller_and_leaves_the_machine_usable(Engine engine)
    {
        var vm = Machine("mov %r0, 3\njeq %r2, 0, +1\ncall 8\nexit", engine, new()
        {
            Helpers = [Fill with { Body = _ => throw new InvalidDataException() }],
        });

        Should.Throw<InvalidDataException>(() => vm.Run(new byte[4]));
        vm.Run([]).Result.ShouldBe(3UL);
    }

    [Fact]
    public void A_machine_does_not_run_within_its_own_run()
    {
        Vm? vm = null;
        vm = Machine("call 8\nexit", Engine.Auto, new() { Helpers = [Fill with { Body = _ => vm!.Run([]).Result }] });

        Should.Throw<InvalidOperationException>(() => vm.Run(new byte[4]));
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void A_run_allocates_nothing(Engine engine)
    {
        var vm = Machine("stdw [%r10-8], 5\nldxw %r0, [%r1]\nexit", engine);
        vm.Map("table", AddressSpace.Added, new byte[8], Permission.Read);
        var context = new byte[8];
        for (var i = 0; i < 100; i++) vm.Run(context);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) vm.Run(context);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // Eight frames of the profile take 32 KiB.
    [Fact]
    public void A_machine_has_frames_for_local_calls_only_where_there_are_some()
    {
        var profile = Profile.Rbpf with { FrameBytes = 4096, FrameLimit = 8 };

        Allocated("stxdw [%r10-4096], %r0\nexit").ShouldBeLessThan(16 << 10);
        Allocated("call local other\nexit\nother: stxdw [%r10-4096], %r0\nexit").ShouldBeGreaterThan(32 << 10);

        long Allocated(string text)
        {
            var program = CheckedProgram.Check(
                ((Assembled.Success)Assembler.Parse(text)).Program, 0, Admission.Of(profile, []), out _)!;
            var least = long.MaxValue;
            for (var i = 0; i < 3; i++)
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var vm = new Vm(program, new() { Engine = Engine.Switch });
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
                vm.Run([]).Trap.ShouldBeNull();
            }

            return least;
        }
    }

    // What is below the frame is the stack's all the same: a mapping there would be another one's in a program with local calls.
    [Fact]
    public void The_range_of_the_stack_is_that_of_the_profile_without_local_calls_too()
    {
        foreach (var text in (string[])["exit", "call local other\nexit\nother: exit"])
        {
            var vm = Machine(text, Engine.Switch);
            var lowest = AddressSpace.Stack - (7 * 512);

            Should.Throw<ArgumentException>(() => vm.Map("below", lowest, new byte[1], Permission.Read)).Message.ShouldContain("stack");
            vm.Map("below", lowest - 1, new byte[1], Permission.Read);
        }
    }

    [Theory]
    [MemberData(nameof(Available))]
    public void A_run_ends_as_in_the_semantics(Engine engine) =>
        Law.Holds(11, 500, dice => FuzzCase.Draw(Setting.Of(Profile.Rbpf), dice.Next()), drawn =>
        {
            if (CheckedProgram.Check(drawn.Program, 0, Admission.Of(Profile.Rbpf, []), out _) is not { } program) return;
            var context = drawn.Beginning.Context.AsSpan().ToArray();
            var start = new Start(Profile.Rbpf) { Context = drawn.Beginning.Context };
            var expected = new ReferenceMachine(program.Program, Profile.Rbpf).Run(start.State());

            var vm = new Vm(program, new() { Engine = engine });
            var result = vm.Run(context);

            result.ProgramCounter.ShouldBe((int)expected.State.ProgramCounter.Value);
            result.Trap.ShouldBe(expected is Outcome<Word>.Trapped trapped ? trapped.Trap : null);
            context.ShouldBe(expected.State.Bytes("context"));
            for (var i = 0; i <= 10; i++) vm.Register(i).ShouldBe(expected.State.Registers[i].Value);
            vm.BranchesLeft.ShouldBe(((Allowance<Word>.Remaining)expected.State.Budget.Branches).Count.Value);
        });

    private static Vm Machine(string text, Engine engine, VmOptions? options = null)
    {
        var program = Assembler.Parse(text) is Assembled.Success success ? success.Program : throw new InvalidOperationException(text);
        var rules = Admission.Of(Profile.Rbpf, [7, 8]);
        return new(CheckedProgram.Check(program, 0, rules, out _)!, (options ?? new()) with { Engine = engine });
    }
}
