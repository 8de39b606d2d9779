using RbpfSpec.Interp.Pinned;
using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Predecoded;

/// <summary>A superinstruction does what its steps do, wherever it stands.</summary>
public sealed class SuperinstructionTests
{
    public static TheoryData<int> All => [.. Enumerable.Range(0, Superinstruction.All.Length)];

    [Theory]
    [MemberData(nameof(All))]
    public void It_takes_the_place_of_its_first_step_where_its_condition_holds(int index)
    {
        var sequence = Superinstruction.All[index];
        var program = ProgramOf(sequence, Fitting(sequence));
        var steps = Predecoder.Predecode(program, Platform, Engine.Threaded, isMetered: false, PinnedMemory.Own).Steps;

        steps[0].Code.ShouldBe(sequence.Code);
        for (var i = 1; i < sequence.Parts.Length; i++) steps[i].Code.ShouldBe(sequence.Parts[i]);
    }

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(All))]
    public void It_ends_as_its_steps_do_whatever_the_registers(int index)
    {
        var sequence = Superinstruction.All[index];
        Law.Holds(
            (ulong)index,
            400,
            dice => (
                Program: ProgramOf(sequence, dice.OnceIn(2) ? Fitting(sequence) : Any(sequence, dice)),
                State: dice.StateOf(Profile.Rbpf)),
            run => Comparison.Agrees(run.Program, run.State with
            {
                ProgramCounter = Word.Of(0),
                Memory = Samples.StateOf(Profile.Rbpf).Memory,
                Frames = [],
            }));
    }

    [Fact]
    public void It_never_stands_across_a_jump_target()
    {
        var move = Samples.InstructionOf("alu/mov64-x", 0, 1);
        var add = Samples.InstructionOf("alu/add64-x", 0, 2);
        var back = Samples.InstructionOf("jmp/jeq64-k", 0, offset: -2);
        var program = Comparison.Check(Program.Of([move, add, back, Samples.InstructionOf("jmp/exit")]), Profile.Rbpf)!;

        Predecoder.Predecode(program, Platform, Engine.Threaded, isMetered: false, PinnedMemory.Own).Steps[0].Code.ShouldBe(Code.Move64);
    }

    private static Platform<Word> Platform => Samples.Platform;

    private static IEnumerable<(int Destination, int Source, int Immediate)> Fitting(Superinstruction sequence) =>
        sequence.Parts.Select(part =>
    {
        var isLoad = part is Code.Load1 or Code.Load8;
        return (isLoad ? 3 : 1, isLoad ? 1 : 2, sequence.Condition is Condition.OfLow32 ? 32 : 5);
    });

    private static (int Destination, int Source, int Immediate)[] Any(Superinstruction sequence, Dice dice) => sequence.Parts
        .Select(_ => (dice.Between(0, 2), dice.Between(0, 2), dice.Pick(32, 32, 1, -1)))
        .ToArray();

    private static CheckedProgram ProgramOf(Superinstruction sequence, IEnumerable<(int Destination, int Source, int Immediate)> operands)
    {
        var parts = sequence.Parts.Zip(operands, (part, operand) => Instruction.Of(
            OperationTable.Forms.First(form => Codes.Of(form) == part),
            new((byte)operand.Destination),
            new((byte)operand.Source),
            1,
            operand.Immediate));
        var exit = Samples.InstructionOf("jmp/exit");
        return Comparison.Check(Program.Of([.. parts, exit, exit]), Profile.Rbpf)!;
    }
}
