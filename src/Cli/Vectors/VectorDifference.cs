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
            if (Outcome(first) == Outcome(second)) continue;
            different++;
            Outputs.Report.Bad($"differ  {first.Vector.Name}: {first.Reply!.Describe()} and {second.Reply!.Describe()}; expected {VectorRunner.Describe(first.Vector.Expectation)}");
        }

        var total = $"{both.Count} vectors on {left.Name} and on {right.Name}: {both.Count - different} alike, {different} different";
        if (different == 0) Outputs.Report.Good(total);
        else Outputs.Report.Bad(total);
        return different == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    // Of what a machine says beyond the sort of its answer, only what the vector asks for counts.
    private static (string Sort, ulong R0, bool IsRight) Outcome(TestResult result) => result.Reply switch
    {
        MachineReply.Returned(var r0) => ("returned", r0, true),
        MachineReply.Rejected => ("rejected", 0, true),
        MachineReply.Trapped(var kind, var slot, _) => ($"trapped {kind}", slot ?? 0, true),
        MachineReply.Refused(var word, _, _) => ($"refused {word}", 0, result.Status is TestStatus.Passed),
        MachineReply.Crashed or MachineReply.NotStarted => ("crashed", 0, true),
        MachineReply.TimedOut or MachineReply.NoEnd => ("hung", 0, true),
        MachineReply.Nonsense or null => ("nonsense", 0, true),
    };
}
