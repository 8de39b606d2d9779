using RbpfSpec.Cli.Inputs;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Deviations that a maintainer knows of: a line each, the vector's name and what became of it.</summary>
internal static class KnownDeviations
{
    /// <summary>The line of a deviation.</summary>
    public static string Of(TestResult result) => $"{result.Vector.Name}\t{result.Status.ToString().ToLowerInvariant()}";

    /// <summary>The file of all deviations.</summary>
    public static string Text(IEnumerable<TestResult> results) =>
        "# Known deviations, written by: rbpf conformance run --record\n"
        + $"{string.Concat(results.Where(result => result.IsDeviation).Select(result => $"{Of(result)}\n"))}";

    /// <summary>The lines of a file.</summary>
    /// <exception cref="UsageException">A line is none.</exception>
    public static HashSet<string> Read(string file)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (var (line, index) in Files.ReadText(file).Split('\n').Select((line, index) => (line.TrimEnd('\r'), index)))
        {
            if (line == "" || line.StartsWith('#')) continue;
            if (line.Split('\t') is not [_, "failed" or "crashed" or "hung" or "nonsense"])
            {
                throw new UsageException(
                    $"{file}, line {index + 1}: '{line}' is no deviation; expected a vector's name, a tab, and failed, crashed, "
                    + "hung or nonsense");
            }

            known.Add(line);
        }

        return known;
    }
}
