using System.Text.RegularExpressions;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Running;

/// <summary>The programs that a machine did not run though they are right, by reason: of a verifier, what it could not see.</summary>
public sealed partial class DeclinedPrograms
{
    // A screen has room for so many reasons.
    private const int MostReasons = 12;

    private readonly Dictionary<string, (int Count, string First)> reasons = [];

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>A line for each reason, the most frequent first, with how many programs have it and the name of one.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var ordered = reasons.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
            List<string> lines =
            [
                .. ordered.Take(MostReasons).Select(
                    pair => $"{pair.Value.Count} not run, such as {pair.Value.First}: {pair.Key}"),
            ];
            var rest = ordered.Skip(MostReasons).Sum(pair => pair.Value.Count);
            if (rest > 0) lines.Add($"{rest} not run for {Counted.Of(ordered.Count - MostReasons, "more reason")}");
            return lines;
        }
    }

    /// <summary>Those among results.</summary>
    public static DeclinedPrograms Of(IEnumerable<TestResult> results)
    {
        var declined = new DeclinedPrograms();
        declined.AddRange(results);
        return declined;
    }

    /// <summary>Takes note of those results that are such; all others count nowhere.</summary>
    public void AddRange(IEnumerable<TestResult> results)
    {
        foreach (var result in results)
        {
            if (result is not { Status: TestStatus.Unsupported, Reply: MachineReply.Declined(var detail) }) continue;
            Count++;
            var reason = Number().Replace(detail, "N");
            reasons[reason] = reasons.TryGetValue(reason, out var known) ? known with { Count = known.Count + 1 } : (1, result.Vector.Name);
        }
    }

    // Of a slot, a register, a size: what differs from program to program.
    [GeneratedRegex(@"-?\b(0x[0-9a-f]+|\d+)\b|(?<=\bR)\d+|(?<=\bfp)-?\d+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Number();
}
