using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Two machines on the same vectors.</summary>
public static class VectorDifference
{
    /// <summary>Lists the vectors that the machines answer differently.</summary>
    /// <param name="left">A machine.</param>
    /// <param name="right">Another one.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="jobs">How many sessions run at a time.</param>
    /// <param name="report">Where they are listed.</param>
    /// <param name="problem">Why a machine does not start; empty if both do.</param>
    /// <returns>How many they are; null if a machine does not start.</returns>
    public static int? Report(
        MachineUnderTest left, MachineUnderTest right, IReadOnlyList<Vector> vectors, int jobs, ITextReport report, out string problem)
    {
        var (onLeft, onRight) = (TestRun.Of(left, vectors, jobs), TestRun.Of(right, vectors, jobs));
        problem = TestRun.NotStarted(left, onLeft) ?? TestRun.NotStarted(right, onRight) ?? "";
        if (problem != "") return null;
        var both = onLeft.Zip(onRight)
            .Where(pair => pair.First.Reply is not null && pair.Second.Reply is not null).ToList();
        var different = 0;
        foreach (var (first, second) in both)
        {
            if (IsAlike(first.Reply!, second.Reply!)) continue;
            different++;
            report.Bad(
                $"differ  {first.Vector.Name}: {first.Reply!.Describe()} and {second.Reply!.Describe()}; "
                + $"expected {VectorRunner.Describe(first.Vector.Expectation)}");
        }

        var total = $"{Counted.Of(both.Count, "vector")} on {left.Name} and on {right.Name}: "
            + $"{both.Count - different} alike, {different} different";
        if (different == 0) report.Good(total);
        else report.Bad(total);
        return different;
    }

    // Of traps, kind and slot count where both machines tell them; how one crashes, or what its nonsense says, does not.
    private static bool IsAlike(MachineReply left, MachineReply right) => (left, right) switch
    {
        (MachineReply.Returned(var first), MachineReply.Returned(var second)) => first == second,
        (MachineReply.Trapped(var kind, var slot, _), MachineReply.Trapped(var other, var at, _)) =>
            (kind is null || other is null || kind == other) && (slot is null || at is null || slot == at),
        (MachineReply.Refused { IsTaken: true }, MachineReply.Rejected or MachineReply.Trapped) => true,
        (MachineReply.Rejected or MachineReply.Trapped, MachineReply.Refused { IsTaken: true }) => true,
        (MachineReply.Refused(var word, _, _), MachineReply.Refused(var other, _, _)) => word == other,
        _ => left.GetType() == right.GetType(),
    };
}
