using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using RbpfSpec.Interp.Tests.Models;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
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
