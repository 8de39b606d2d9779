using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Two machines on the same vectors.</summary>
internal static class VectorDifference
{
    /// <summary>Lists the vectors that the machines answer differently; yields the exit code.</summary>
    public static int Report(MachineUnderTest left, MachineUnderTest right, IReadOnlyList<Vector> vectors, int jobs)
    {
        var (onLeft, onRight) = (TestRun.Of(left, vectors, jobs), TestRun.Of(right, vectors, jobs));
        VectorReport.CheckStarted(left, onLeft);
        VectorReport.CheckStarted(right, onRight);
        var both = onLeft.Zip(onRight)
            .Where(pair => pair.First.Reply is not null && pair.Second.Reply is not null).ToList();
        var different = 0;
        foreach (var (first, second) in both)
        {
            if (IsAlike(first.Reply!, second.Reply!)) continue;
            different++;
            Outputs.Report.Bad(
                $"differ  {first.Vector.Name}: {first.Reply!.Describe()} and {second.Reply!.Describe()}; "
                + $"expected {VectorRunner.Describe(first.Vector.Expectation)}");
        }

        var total = $"{both.Count} vectors on {left.Name} and on {right.Name}: {both.Count - different} alike, {different} different";
        if (different == 0) Outputs.Report.Good(total);
        else Outputs.Report.Bad(total);
        return different == 0 ? CommandLine.Holds : CommandLine.Fails;
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
