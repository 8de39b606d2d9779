using RbpfSpec.Images;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.ProgramReports;

/// <summary>The preflight's problems as they are told: the first of them, however many there are.</summary>
public static class Rejections
{
    /// <summary>How many problems are shown unless all are asked for.</summary>
    public const int MostShown = 100;

    /// <summary>A problem in one line, with the line of source that its instruction comes from where the file tells it.</summary>
    public static string Text(Image image, Problem problem) =>
        image.SourceAt((ulong)problem.Slot) is { } source ? $"{problem} at {source}" : problem.ToString();

    /// <summary>The first problems, and how many more there are.</summary>
    public static (Sequence<Problem> Problems, long More) Of(Image image, Admission rules, int most)
    {
        image.Check(rules, out var first, most);
        if (first.Count < most) return (first, 0);
        var all = Preflight.Count(image.Program.AsSpan(), image.Entry, rules);
        return (first.Count <= most ? first : [.. first.Take(most)], all - Math.Min(first.Count, most));
    }
}
