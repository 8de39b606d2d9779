using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Deviations that a maintainer knows of: a line each, the vector's name and what became of it.</summary>
public static class KnownDeviations
{
    /// <summary>The line of a deviation.</summary>
    public static string Of(TestResult result) => $"{result.Vector.Name}\t{result.Status.ToString().ToLowerInvariant()}";

    /// <summary>The file of all deviations.</summary>
    public static string Text(IEnumerable<TestResult> results) =>
        "# Known deviations, written by: rbpf conformance run --record\n"
        + $"{string.Concat(results.Where(result => result.IsDeviation).Select(result => $"{Of(result)}\n"))}";

    /// <summary>The lines of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="fault">The line, from 1, that is no deviation, and what is wrong with it.</param>
    /// <returns>Null if there is a fault.</returns>
    public static HashSet<string>? Read(string text, out (int Line, string Problem) fault)
    {
        fault = (0, "");
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (line, index) in text.Split('\n').Select((line, index) => (line.TrimEnd('\r'), index)))
        {
            if (line == "" || line.StartsWith('#')) continue;
            if (line.Split('\t') is not [_, "failed" or "crashed" or "hung" or "nonsense"])
            {
                fault = (index + 1,
                    $"'{line}' is no deviation; expected a vector's name, a tab, and failed, crashed, hung or nonsense");
                return null;
            }

            known.Add(line);
        }

        return known;
    }
}
