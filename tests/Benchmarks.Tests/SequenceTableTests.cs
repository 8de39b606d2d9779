namespace RbpfSpec.Benchmarks.Tests;

/// <summary>Superinstructions are what programs execute.</summary>
public class SequenceTableTests
{
    [Fact]
    public void Every_superinstruction_is_executed()
    {
        var all = SequenceTable.Measure().Where(sequence => sequence.Superinstruction != "").ToList();

        all.Where(sequence => sequence.Programs == 0).Select(sequence => sequence.Superinstruction)
            .ShouldBeEmpty();
        all.Sum(sequence => sequence.Share).ShouldBeInRange(0.4, 1);
    }

    [Fact]
    public void Steps_are_counted_in_sequence_and_none_across_a_jump_target()
    {
        var all = SequenceTable.Measure();

        all.Single(sequence => sequence.Steps == "Move64 ShiftRight64K Xor64X").Superinstruction.ShouldBe("MoveShiftRightXor");
        all.ShouldAllBe(sequence => sequence.Share >= 0 && sequence.Share < 1);
        all.ShouldAllBe(sequence => sequence.Steps.Split(' ').Length == 2 || sequence.Steps.Split(' ').Length == 3);
        all.SelectMany(sequence => sequence.Steps.Split(' ')[..^1])
            .ShouldAllBe(
                step => !step.StartsWith("If", StringComparison.Ordinal) && step != "Always" && step != "Exit" && step != "CallLocal");
    }
}
