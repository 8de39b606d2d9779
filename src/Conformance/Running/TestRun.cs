using System.Collections.Concurrent;
using RbpfSpec.Semantics;

namespace RbpfSpec.Conformance.Running;

/// <summary>What became of a vector on a machine.</summary>
public enum TestStatus
{
    /// <summary>The machine did what the vector says.</summary>
    Passed,

    /// <summary>It did something else.</summary>
    Failed,

    /// <summary>It ended.</summary>
    Crashed,

    /// <summary>It did not answer in time.</summary>
    Hung,

    /// <summary>The vector could not be put to it.</summary>
    Unsupported,
}

/// <summary>One vector's result.</summary>
/// <param name="Vector">The vector.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why, if it has not passed; else empty.</param>
/// <param name="Reply">What the machine answered; null if it was not asked.</param>
public sealed record TestResult(Vector Vector, TestStatus Status, string Reason, MachineReply? Reply)
{
    /// <summary>Whether the machine deviates.</summary>
    public bool IsDeviation => Status is TestStatus.Failed or TestStatus.Crashed or TestStatus.Hung;
}

/// <summary>Runs vectors on machines, several at a time.</summary>
public static class TestRun
{
    /// <summary>The results, in the order of the vectors.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="jobs">How many sessions run at a time.</param>
    public static Sequence<TestResult> Of(MachineUnderTest machine, IReadOnlyList<Vector> vectors, int jobs)
    {
        var results = new TestResult[vectors.Count];
        var places = new ConcurrentQueue<int>(Enumerable.Range(0, vectors.Count));
        Parallel.For(0, Math.Max(1, jobs), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs) }, _ =>
        {
            using var session = machine.Open();
            while (places.TryDequeue(out var place)) results[place] = One(machine, session, vectors[place]);
        });
        return Sequence.Of<TestResult>(results);
    }

    private static TestResult One(MachineUnderTest machine, IMachineSession session, Vector vector)
    {
        if (machine.Refuses(vector) is { } reason) return new(vector, TestStatus.Unsupported, reason, null);
        var reply = session.Run(vector);
        if (reply.Deviation(vector) is not { } deviation) return new(vector, TestStatus.Passed, "", reply);
        var status = reply switch
        {
            MachineReply.Crashed or MachineReply.NotStarted => TestStatus.Crashed,
            MachineReply.TimedOut => TestStatus.Hung,
            MachineReply.Returned or MachineReply.Refused or MachineReply.Nonsense => TestStatus.Failed,
        };
        return new(vector, status, deviation, reply);
    }
}
