using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>Calls of helpers, which are steps of the reference machine on memory that is lent to it.</summary>
public sealed partial class EngineMachineTests
{
    private const int Id = 0x55;

    [Fact]
    public void Calls_cost_what_they_touch_however_large_the_regions_are()
    {
        const int Length = 1 << 24;
        var calls = Enumerable.Repeat(Samples.InstructionOf("jmp/call-helper", immediate: 0x20), 50);
        var program = Comparison.Check(Program.Of([.. calls, Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;
        var state = Added(new Start(Profile.Rbpf) { Host = Samples.Host }.State(), Length);
        foreach (var engine in Comparison.Available)
        {
            var machine = new EngineMachine(program, engine);
            machine.Run(state);

            var before = GC.GetAllocatedBytesForCurrentThread();
            machine.Run(state);

            // One copy in.
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Length + (1 << 20));
        }
    }

    // A region that the program cannot write, or any region of a program that writes nothing, is as it was.
    [Theory]
    [InlineData("mem/stb", 10, 0, Permission.Read)]
    [InlineData("mem/ldxb", 0, 10, Permission.ReadWrite)]
    public void What_cannot_have_changed_is_not_copied_out(string access, int destination, int source, Permission permission)
    {
        const int Length = 1 << 20;
        var program = Comparison.Check(
            Program.Of([Samples.InstructionOf(access, destination, source, -8), Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;
        var state = Added(Samples.StateOf(Profile.Rbpf), Length, [.. Enumerable.Repeat((byte)1, Length)], permission);
        foreach (var engine in Comparison.Available)
        {
            var machine = new EngineMachine(program, engine);
            machine.Run(state);

            var before = GC.GetAllocatedBytesForCurrentThread();
            machine.Run(state).ShouldBeOfType<Outcome<Word>.Exited>();

            // One copy in.
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Length + (Length / 2));
        }
    }

    [Fact]
    public void A_copy_between_large_regions_is_what_the_semantics_makes_of_it() =>
        Law.Holds(62, 60, dice => dice.Next(), seed =>
        {
            var dice = new Dice(seed);
            var state = Added(Samples.StateOf(Profile.Rbpf), 100_000, dice.Bytes(100_000));
            foreach (var number in (int[])[1, 2])
            {
                var address = Word.Of(AddressSpace.Added + (ulong)dice.Between(0, 100_000));
                state = state with { Registers = state.Registers.With(number, address) };
            }

            state = state with { Registers = state.Registers.With(3, Word.Of((ulong)dice.Between(0, 60_000))) };
            var program = Comparison.Check(
                Program.Of(
                [
                    Samples.InstructionOf("jmp/call-helper", immediate: 2),
                    Samples.InstructionOf("mem/ldxb", 4, 1),
                    Samples.InstructionOf("jmp/exit"),
                ]),
                Profile.Rbpf)!;
            Comparison.Agrees(program, state);
        });

    [Fact]
    public void A_view_is_not_read_after_its_call()
    {
        View<Word>? kept = null;
        var (program, state) = Calling(call =>
        {
            kept = call.Views[0];
            kept.Read(Word.Of(0), Width.Bits8).Value.ShouldBe(1UL);
            return new(Word.Of(9), call.State, []);
        });
        foreach (var engine in Comparison.Available)
        {
            foreach (var run in (Func<Outcome<Word>>[])[
                () => new EngineMachine(program, engine).Run(state), () => EngineMachine.RunOnce(program, engine, state)])
            {
                run().Result().ShouldBe(9UL);
                Should.Throw<InvalidOperationException>(() => kept!.Read(Word.Of(0), Width.Bits8)).Message.ShouldContain("after the call");
            }
        }
    }

    // Whose memory is that of the same thread.
    [Fact]
    public void A_helper_may_run_a_program_once_within_a_run()
    {
        var store = Comparison.Check(
            Program.Of(
            [
                Samples.InstructionOf("mem/stdw", 1, offset: 0, immediate: -1),
                Samples.InstructionOf("mem/ldxdw", 0, 1),
                Samples.InstructionOf("jmp/exit"),
            ]),
            Profile.Rbpf)!;
        var inner = new Start(Profile.Rbpf) { Context = [.. new byte[8]] }.State();
        var (program, state) = Calling(call => new(Word.Of(Inner()), call.State, []));
        var expected = new ReferenceMachine(program.Program, Profile.Rbpf).Run(state);

        expected.Result().ShouldBe(ulong.MaxValue);
        foreach (var engine in Comparison.Available)
        {
            EngineMachine.RunOnce(program, engine, state).ShouldBe(expected);
            new EngineMachine(program, engine).Run(state).ShouldBe(expected);
        }

        ulong Inner() => EngineMachine.RunOnce(store, Engine.Switch, inner).Result();
    }

    [Fact]
    public void A_machine_does_not_run_within_its_own_run_and_goes_on_after_an_exception()
    {
        EngineMachine? machine = null;
        var (fails, refused) = (true, 0);
        var (program, state) = Calling(call =>
        {
            if (fails) throw new InvalidDataException();
            if (Record.Exception(() => machine!.Run(AnyState)) is InvalidOperationException) refused++;
            var thread = new Thread(() => refused += Record.Exception(() => machine!.Run(AnyState)) is InvalidOperationException ? 1 : 0);
            thread.Start();
            thread.Join();
            return new(Word.Of(9), call.State, []);
        });
        foreach (var engine in Comparison.Available)
        {
            machine = new(program, engine);
            (fails, refused) = (true, 0);
            Should.Throw<InvalidDataException>(() => machine.Run(state));
            fails = false;
            machine.Run(state).Result().ShouldBe(9UL);
            refused.ShouldBe(2);
        }
    }

    // What wide loads mean is decided when a program is predecoded, so it is predecoded again.
    [Fact]
    public void A_helper_may_change_what_the_platform_means()
    {
        var profile = Samples.Contrary;
        var program = Program.Of(
        [
            Samples.InstructionOf("jmp/call-helper", immediate: Id),
            Samples.InstructionOf("imm/lddw-map-by-fd", 0, immediate: 5),
            Samples.InstructionOf("jmp/exit"),
        ]);
        var known = CheckedProgram.Check(program, 0, Admission.Of(profile, [Id]), out var problems);
        problems.ShouldBeEmpty();
        var change = new HelperFunction<Word>(
            new(Id, "change", "", []),
            call => new(
                Word.Of(0), call.State with { Platform = call.State.Platform with { MapByFd = number => number + Word.Of(1) } }, []));
        var state = new Start(profile) { Host = Samples.Host with { Helpers = [change] } }.State();

        var expected = new ReferenceMachine(program, profile).Run(state);

        expected.Result().ShouldBe(6UL);
        foreach (var engine in Comparison.Available)
        {
            var found = new EngineMachine(known!, engine).Run(state, out var instructions);
            found.Result().ShouldBe(6UL);
            instructions.ShouldBe(3UL);
            (found.State with { Host = state.Host }).ShouldBe(expected.State with { Host = state.Host });
        }
    }

    [Fact]
    public void A_state_that_is_not_there_is_refused()
    {
        var machine = new EngineMachine(Calling(call => new(Word.Of(0), call.State, [])).Program);

        Should.Throw<ArgumentNullException>(() => new EngineMachine(null!));
        Should.Throw<ArgumentNullException>(() => machine.Run(null!));
        Should.Throw<ArgumentNullException>(() => machine.Run(null!, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => machine.Run(AnyState with { ProgramCounter = Word.Of(2) }));
        Should.Throw<ArgumentOutOfRangeException>(() => machine.Run(AnyState with { ProgramCounter = Word.Of(ulong.MaxValue) }));
    }

    private static State<Word> AnyState => Samples.StateOf(Profile.Rbpf);

    private static State<Word> Added(
        State<Word> state, int length, byte[]? content = null, Permission permission = Permission.ReadWrite) => state with
        {
            Memory = state.Memory.WithRegions([
                    .. state.Memory.Regions,
                    Region.Of("large", AddressSpace.Added, content is null ? ByteTree.Zero(length) : ByteTree.Of(content), permission),
                ]),
        };

    // A program that calls a function of the 8 bytes at r1, and a state to run it from.
    private static (CheckedProgram Program, State<Word> State) Calling(Func<HelperCall<Word>, HelperResult<Word>> body)
    {
        var function = new HelperFunction<Word>(new(Id, "function", "", [new ArgumentKind.Readable(new ByteCount.Fixed(8))]), body);
        Instruction[] instructions = [Samples.InstructionOf("jmp/call-helper", immediate: Id), Samples.InstructionOf("jmp/exit")];
        var program = CheckedProgram.Check(Program.Of(instructions), 0, Admission.Of(Profile.Rbpf, [Id]), out _)!;
        var start = new Start(Profile.Rbpf)
        {
            Context = [1, 2, 3, 4, 5, 6, 7, 8],
            Host = HostState<Word>.Bare with { Helpers = [function] },
        };
        return (program, start.State());
    }
}
