using System.Collections.Concurrent;

namespace RbpfSpec.Conformance.Running;

/// <summary>The status of a vector on a machine.</summary>
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

    /// <summary>The machine's answer is no answer.</summary>
    Nonsense,

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
    public bool IsDeviation => Status is TestStatus.Failed or TestStatus.Crashed or TestStatus.Hung or TestStatus.Nonsense;
}

/// <summary>Runs vectors on machines, several at a time.</summary>
public static class TestRun
{
    /// <summary>Why a machine never was one: its command does not start; null if it does.</summary>
    public static string? NotStarted(MachineUnderTest machine, Sequence<TestResult> results) =>
        results.Select(result => result.Reply).OfType<MachineReply.NotStarted>().FirstOrDefault() is { } reply
            ? $"the machine '{machine.Name}' does not start: {reply.Problem}"
            : null;

    /// <summary>The results, in the order of the vectors.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="vectors">The vectors.</param>
    /// <param name="jobs">How many sessions run at a time.</param>
    public static Sequence<TestResult> Of(MachineUnderTest machine, IReadOnlyList<Vector> vectors, int jobs)
    {
        var results = new TestResult[vectors.Count];
        var places = new ConcurrentQueue<int>(Enumerable.Range(0, vectors.Count));
        var watch = new StartWatch();
        Parallel.For(0, Math.Max(1, jobs), new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs) }, _ =>
        {
            using var session = machine.Open(watch);
            var most = Math.Clamp(vectors.Count / Math.Max(1, jobs), 1, machine.AtATime);
            List<int> block = [];
            while (Take(places, block, most))
            {
                var asked = block.Where(place => (results[place] = Unasked(machine, vectors[place], watch)!) is null).ToList();
                foreach (var (place, reply) in asked.Zip(session.Run(asked.ConvertAll(place => vectors[place]))))
                    results[place] = Of(vectors[place], reply);
            }
        });
        return Sequence.Of<TestResult>(results);
    }

    /// <summary>The result of a vector that a machine has answered.</summary>
    public static TestResult Of(Vector vector, MachineReply reply)
    {
        if (!vector.IsStated) return new(vector, TestStatus.Unsupported, $"{VectorRunner.NothingStated}; got {reply.Describe()}", reply);
        if (reply.Deviation(vector) is not { } deviation) return new(vector, TestStatus.Passed, "", reply);
        if (reply is MachineReply.Declined(var why)) return new(vector, TestStatus.Unsupported, why, reply);
        var status = reply switch
        {
            MachineReply.Crashed or MachineReply.NotStarted => TestStatus.Crashed,
            MachineReply.TimedOut or MachineReply.NoEnd => TestStatus.Hung,
            MachineReply.Nonsense => TestStatus.Nonsense,
            MachineReply.Returned or MachineReply.Rejected or MachineReply.Trapped or MachineReply.Refused or MachineReply.Declined =>
                TestStatus.Failed,
        };
        return new(vector, status, deviation, reply);
    }

    private static bool Take(ConcurrentQueue<int> places, List<int> block, int most)
    {
        block.Clear();
        while (block.Count < most && places.TryDequeue(out var place)) block.Add(place);
        return block.Count > 0;
    }

    // The result of a vector that the machine is not asked about: it cannot be, or there is no machine. Else nothing.
    private static TestResult? Unasked(MachineUnderTest machine, Vector vector, StartWatch watch) =>
        machine.Refuses(vector) is { } reason ? new(vector, TestStatus.Unsupported, reason, null)
        : watch.Verdict is { } verdict ? Of(vector, verdict)
        : null;
}
