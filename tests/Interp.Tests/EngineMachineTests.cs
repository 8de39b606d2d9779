using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests;

/// <summary>The fast machine ends every run as the semantics does.</summary>
public sealed partial class EngineMachineTests
{
    private const int Exits = 3;
    private const ulong Seed = 9669;

    public static TheoryData<string> Profiles => [.. Samples.Profiles.Select(profile => profile.Name)];

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Profiles))]
    public void Every_encoding_does_what_its_rule_does(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        foreach (var (index, form) in OperationTable.Forms.Index())
        {
            if (!profile.Has(form.Group) || !profile.Grants(form.Needs)) continue;
            Law.Holds((ulong)index, 60, dice => Single(dice, form, profile), run => Comparison.Agrees(run.Program, run.State));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Programs_of_several_instructions_end_as_in_the_semantics(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        Law.Holds(4, 2_000, dice => Several(dice, profile), run => Comparison.Agrees(run.Program, run.State));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Generated_programs_end_as_in_the_semantics(string name)
    {
        var profile = Samples.Profiles.Single(candidate => candidate.Name == name);
        var setting = Profile.All.Contains(profile) ? Setting.Of(profile) : new Setting(profile, Samples.Host);
        var config = Config.QuickThrowOnFailure.WithMaxTest(1_500).WithReplay(Replay(Seed));

        Prop.ForAll(
                Arb.From(
                    Gen.Choose(0, int.MaxValue)
                        .Select(number => (Number: (ulong)number, Case: FuzzCase.Draw(setting, Seed, (ulong)number, out _))),
                    drawn => drawn.Case.Smaller().Select(smaller => (drawn.Number, smaller))),
                drawn =>
                {
                    foreach (var engine in Comparison.Interpreters)
                    {
                        var fuzzer = new Fuzzer(setting, ComparedMachine.Of(engine), ComparedMachine.Reference, Seed);
                        if (fuzzer.Try(drawn.Case) is { } divergence)
                        {
                            throw new InvalidOperationException($"{divergence}again: {Again(engine, profile, drawn.Number)}");
                        }
                    }
                })
            .Check(config);
    }

    // Programs of a profile that has no name on the command line are those of this test alone.
    private static string Again(Engine engine, Profile profile, ulong number) => Profile.All.Contains(profile)
        ? $"./rbpf fuzz --engine {engine.ToString().ToLowerInvariant()} --profile {profile.Name} --seed {Seed} --program {number}"
        : $"dotnet test tests/Interp.Tests -c Release --filter {nameof(Generated_programs_end_as_in_the_semantics)}";

    [Fact]
    [Trait("Needs", "time")]
    public void Every_program_of_up_to_three_slots_ends_as_in_the_semantics()
    {
        var choices = int.Parse(Environment.GetEnvironmentVariable("RBPFSPEC_SMALL_PROGRAMS") ?? "1");
        var alphabet = SmallPrograms.Alphabet(choices);
        var count = 0;
        foreach (var (program, state) in SmallPrograms.Over(alphabet))
        {
            Comparison.Agrees(program, state);
            count++;
        }

        count.ShouldBeGreaterThan(alphabet.Count * alphabet.Count);
    }

    [Fact]
    public void A_state_is_what_it_was_where_the_first_instruction_traps()
    {
        var program = Comparison.Check(
            Program.Of([Samples.InstructionOf("alu/div32-x", 0, 1), Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;
        var state = Samples.StateOf(Profile.Rbpf, (0, 7), (1, 0));

        foreach (var engine in Comparison.Available)
            new EngineMachine(program, engine).Run(state).ShouldBe(new Outcome<Word>.Trapped(Trap.DivisionByZero, state));
    }

    [Fact]
    public void Instructions_are_counted_without_one_that_traps()
    {
        var add = Samples.InstructionOf("alu/add64-k", 0, immediate: 1);
        var load = Samples.InstructionOf("mem/ldxb", 0, 0);
        var program = Comparison.Check(Program.Of([add, add, load, Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;

        foreach (var engine in Comparison.Available)
        {
            var machine = new EngineMachine(program, engine);
            machine.Run(Samples.StateOf(Profile.Rbpf)).Trap().ShouldBe(Trap.MemoryAccess);

            var end = machine.Run(Samples.StateOf(Profile.Rbpf), out var instructions);

            end.Trap().ShouldBe(Trap.MemoryAccess);
            end.State.ProgramCounter.Value.ShouldBe(2UL);
            end.State.Budget.Instructions.ShouldBeOfType<Allowance<Word>.Unlimited>();
            instructions.ShouldBe(2UL);
        }
    }

    // Of a hundred thousand slots each would take more than a byte.
    [Fact]
    public void A_program_is_predecoded_once()
    {
        const int Slots = 100_000;
        var program = Comparison.Check(Program.Of([.. Enumerable.Repeat(Samples.InstructionOf("jmp/exit"), Slots)]), Profile.Rbpf)!;
        var state = Samples.StateOf(Profile.Rbpf);
        foreach (var engine in Comparison.Available)
        {
            var machine = new EngineMachine(program, engine);
            foreach (var run in (Action[])[() => machine.Run(state), () => machine.Run(state, out _)])
            {
                run();
                var before = GC.GetAllocatedBytesForCurrentThread();
                run();
                (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Slots);
            }
        }
    }

    // The first one leaves nothing but ones: in registers, region, frames of the stack, and what local calls keep, in the midst of which
    // it traps. The second one adds up its region and the frames that it can reach, of which nothing is written but zeros.
    [Fact]
    public void What_runs_once_begins_as_if_nothing_had_run_before()
    {
        var fill = Checked(
            """
            mov %r0, -1
            mov %r2, %r0
            mov %r3, %r1
            mov %r4, 0
            region: stxdw [%r3], %r2
            add %r3, 8
            add %r4, 1
            jlt %r4, 128, region
            call local frame
            exit
            frame: mov %r3, %r10
            mov %r4, 0
            mov %r6, -1
            mov %r9, -1
            next: stxdw [%r3-8], %r2
            add %r3, -8
            add %r4, 1
            jlt %r4, 64, next
            call local frame
            exit
            """);
        var probe = Checked(
            """
            ldxdw %r0, [%r1]
            ldxdw %r2, [%r1+512]
            or %r0, %r2
            ldxdw %r2, [%r1+1016]
            or %r0, %r2
            ldxdw %r2, [%r10-512]
            or %r0, %r2
            ldxdw %r2, [%r10-8]
            or %r0, %r2
            jne %r0, 0, done
            call local below
            or %r0, %r9
            done: exit
            below: ldxdw %r0, [%r10-512]
            ldxdw %r2, [%r10-8]
            or %r0, %r2
            stxdw [%r10-16], %r0
            mov %r9, 7
            exit
            """);
        var state = new Start(Profile.Rbpf)
        {
            Context = [.. new byte[1024]],
            BranchLimit = new Allowance<ulong>.Remaining(10_000),
        }.State();
        var (filled, found) = (Reference(fill), Reference(probe));
        filled.Trap().ShouldBe(Trap.CallDepth);
        found.Result().ShouldBe(0UL);
        foreach (var engine in Comparison.Available)
        {
            for (var i = 0; i < 3; i++)
            {
                var first = EngineMachine.RunOnce(fill, engine, state, out var instructions);
                var second = EngineMachine.RunOnce(probe, engine, state);
                first.ShouldBe(filled);
                second.ShouldBe(found);
                instructions.ShouldBeGreaterThan(1_000UL);
            }
        }

        Outcome<Word> Reference(CheckedProgram program) => new ReferenceMachine(program.Program, Profile.Rbpf).Run(state);

        static CheckedProgram Checked(string text) =>
            Comparison.Check(((Assembly.Assembled.Success)Assembly.Assembler.Parse(text)).Program, Profile.Rbpf)!;
    }

    // The frames alone would take more than that.
    [Fact]
    public void What_runs_once_takes_no_memory_for_the_machine()
    {
        var profile = Profile.Rbpf with { FrameBytes = 4096, FrameLimit = 8 };
        var program = Comparison.Check(Program.Of([Samples.InstructionOf("jmp/exit")]), profile)!;
        var state = Samples.StateOf(profile);
        foreach (var engine in Comparison.Interpreters)
        {
            EngineMachine.RunOnce(program, engine, state);

            var before = GC.GetAllocatedBytesForCurrentThread();
            EngineMachine.RunOnce(program, engine, state);

            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 4096);
        }
    }

    [Fact]
    public void A_state_whose_frames_are_not_those_of_its_calls_is_refused()
    {
        var program = Comparison.Check(Program.Of([Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;
        var state = Samples.StateOf(Profile.Rbpf);
        var elsewhere = state with { Memory = state.Memory.WithRegions([]) };

        Should.Throw<InvalidOperationException>(() => new EngineMachine(program).Run(elsewhere));
    }

    // Printed where a property fails; another seed draws other programs.
    private static FSharpOption<Replay> Replay(ulong seed) =>
        FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 1), FSharpOption<int>.None));

    private static (CheckedProgram Program, State<Word> State) Single(Dice dice, Form form, Profile profile)
    {
        var exit = Samples.InstructionOf("jmp/exit");
        while (true)
        {
            var instruction = dice.InstructionOf(form);
            if (!form.Displacement.IsEmpty)
            {
                var distance = dice.Between(-form.Layout.Slots, Exits - 1);
                instruction = Instruction.Of(
                    form,
                    instruction.Destination,
                    instruction.Source,
                    form.Displacement[0] is Field.Offset ? (short)distance : instruction.Offset,
                    form.Displacement[0] is Field.Immediate ? distance : instruction.Immediate);
            }

            var program = Program.Of([instruction, .. Enumerable.Repeat(exit, Exits)]);
            if (Comparison.Check(program, profile) is not { } known) continue;
            return (known, StateOf(dice, known, profile, first: true));
        }
    }

    private static (CheckedProgram Program, State<Word> State) Several(Dice dice, Profile profile)
    {
        while (true)
        {
            var program = dice.MildProgram();
            if (Comparison.Check(program, profile) is { } known) return (known, StateOf(dice, known, profile, first: dice.OnceIn(2)));
        }
    }

    // Execution goes on only where an instruction starts, as in every state of a checked program.
    private static State<Word> StateOf(Dice dice, CheckedProgram program, Profile profile, bool first)
    {
        var starts = Preflight.Starts(program.Program).Index().Where(slot => slot.Item).Select(slot => Word.Of((ulong)slot.Index))
            .ToArray();
        var state = dice.StateOf(profile);
        return Comparison.Ending(state with
        {
            ProgramCounter = first ? starts[0] : dice.Pick(starts),
            Frames = state.Frames.Map(frame => frame with { ReturnTo = dice.Pick(starts) }),
        });
    }
}
