using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>Puts vectors to a machine until one shows that it is not right.</summary>
public sealed class SourceTrial
{
    // A pipe holds so much on any system: requests of that size are sent before an answer is waited for.
    private const int MostBytes = 1 << 15;

    // Most machines show what is wrong with them soon: no more is sent at first.
    private const int FirstWindow = 16;

    private readonly MachineUnderTest.Batch machine;
    private readonly IReadOnlyList<Vector> vectors;
    private readonly IReadOnlyList<string> requests;

    /// <summary>A trial.</summary>
    /// <param name="machine">The machine; its command is run in the folder of a mutant.</param>
    /// <param name="vectors">The vectors; those that the machine does not provide for are left out.</param>
    public SourceTrial(MachineUnderTest.Batch machine, IEnumerable<Vector> vectors)
    {
        this.machine = machine;
        this.vectors = Ordered(vectors.Where(vector => vector.IsStated && machine.Refuses(vector) is null));
        requests = [.. this.vectors.Select(VectorWriter.Request)];
    }

    /// <summary>
    /// The vectors, in the order in which they are put: first one of each rule, then a second one of each; the longest
    /// programs last.
    /// </summary>
    public IReadOnlyList<Vector> Vectors => vectors;

    /// <summary>Runs the machine of a folder.</summary>
    /// <param name="folder">The folder.</param>
    public SourceVerdict Run(string folder)
    {
        var shown = Deviations(folder).FirstOrDefault();
        return shown is null ? new SourceVerdict.Survived() : shown;
    }

    /// <summary>The vectors that the machine of a folder does not pass, in order; at a crash or a time-out it ends.</summary>
    /// <param name="folder">The folder.</param>
    public IEnumerable<SourceVerdict.Killed> Deviations(string folder)
    {
        using var process = BatchProcess.Start(machine.Command, machine.Clock, out var problem, folder);
        if (process is null)
        {
            yield return new(KilledBy.Crash, "", problem);
            yield break;
        }

        for (var first = 0; first < vectors.Count;)
        {
            var count = Window(first);
            process.Send([.. requests.Skip(first).Take(count)]);
            for (; count > 0; count--, first++)
            {
                var line = process.Receive(machine.Limit, out var end);
                var result = TestRun.Of(vectors[first], end ?? BatchProcess.Read(line, machine.Words));
                if (result.IsDeviation) yield return new(Way(result, end), vectors[first].Name, result.Reason);
                if (end is not null) yield break;
            }
        }
    }

    private static KilledBy Way(TestResult result, MachineReply? end) => result.Status switch
    {
        TestStatus.Crashed => KilledBy.Crash,
        TestStatus.Hung => KilledBy.TimeOut,
        _ => end is null ? KilledBy.Deviation : KilledBy.Crash,
    };

    private static IReadOnlyList<Vector> Ordered(IEnumerable<Vector> vectors) =>
    [
        .. vectors.GroupBy(vector => vector.Rule)
            .SelectMany(rule => rule.Select((vector, index) => (Vector: vector, Index: index)))
            .OrderBy(each => Length(each.Vector) < MostBytes ? 0 : 1)
            .ThenBy(each => each.Index)
            .Select(each => each.Vector),
    ];

    // In digits of hexadecimal.
    private static int Length(Vector vector) => ((VectorProgram.Code)vector.Program).Bytes.Count * 2;

    private int Window(int first)
    {
        var (count, bytes) = (1, requests[first].Length);
        while (first + count < requests.Count
            && (first > 0 || count < FirstWindow)
            && (bytes += requests[first + count].Length + 1) < MostBytes)
        {
            count++;
        }

        return count;
    }
}
