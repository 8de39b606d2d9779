using System.Globalization;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>A list of mutants that do what the source does, each with a reason.</summary>
/// <remarks>
/// An entry is a line <c>FILE: BEFORE => AFTER</c> with the lines of the source as reports have them, or <c>FILE:LINE: BEFORE => AFTER</c>
/// where the same line stands in the file more than once. The indented lines after it say why. Lines that begin with # are comments.
/// </remarks>
public sealed class EquivalentMutants
{
    private const int LongestShown = 80;

    private const string Arrow = " => ";

    private readonly Dictionary<SourceMutant, string> reasons;

    private EquivalentMutants(Dictionary<SourceMutant, string> reasons) => this.reasons = reasons;

    /// <summary>None.</summary>
    public static EquivalentMutants None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => reasons.Count;

    /// <summary>Why a mutant is one; null if it is not listed.</summary>
    public string? Reason(SourceMutant mutant) => reasons.GetValueOrDefault(mutant);

    /// <summary>Reads a list; null, with the problems, if an entry is none, has no reason, or is not of exactly one mutant.</summary>
    /// <param name="text">The list.</param>
    /// <param name="mutants">All mutants of the sources.</param>
    /// <param name="problems">Each with the number of its line.</param>
    public static EquivalentMutants? Read(
        string text,
        IReadOnlyList<SourceMutant> mutants,
        out Sequence<(int Line, string Problem)> problems)
    {
        Dictionary<SourceMutant, string> read = [];
        List<(int Line, string Problem)> found = [];
        var byChange = mutants.ToLookup(mutant => (mutant.File, mutant.Before, mutant.After));
        SourceMutant? current = null;
        var (number, opened, isOpen) = (0, 0, false);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd()))
        {
            number++;
            if (line.StartsWith('#') || line == "") continue;
            if (char.IsWhiteSpace(line[0]))
            {
                if (!isOpen) found.Add((number, "a reason without an entry before it; expected FILE: BEFORE => AFTER first"));
                else if (current is not null) read[current] = $"{read[current]} {line.Trim()}".Trim();
                continue;
            }

            Close();
            (opened, isOpen) = (number, true);
            current = Find(line, byChange, out var problem);
            if (current is null) found.Add((number, problem));
            else if (!read.TryAdd(current, "")) found.Add((number, "the same entry a second time; expected each once"));
        }

        Close();
        problems = found.ToSequence();
        return found.Count == 0 ? new(read) : null;

        void Close()
        {
            if (current is not null && read[current] == "")
                found.Add((opened, "an entry without a reason; expected one on the lines after it, indented"));
        }
    }

    private static SourceMutant? Find(
        string line,
        ILookup<(string File, string Before, string After), SourceMutant> mutants,
        out string problem)
    {
        var shown = line.Length <= LongestShown ? line : $"{line[..LongestShown]}…";
        problem = $"'{shown}' is no entry; expected FILE: BEFORE => AFTER";
        var end = line.IndexOf(": ", StringComparison.Ordinal);
        if (end <= 0) return null;
        var (file, place, change) = (line[..end], "", line[(end + 2)..]);
        var colon = file.LastIndexOf(':');
        if (colon > 0 && file[(colon + 1)..] is { Length: >= 1 and <= 9 } digits && digits.All(char.IsAsciiDigit))
            (file, place) = (file[..colon], digits);
        var arrow = change.IndexOf(Arrow, StringComparison.Ordinal);
        if (arrow < 0) return null;
        var all = mutants[(file, change[..arrow], change[(arrow + Arrow.Length)..])].ToList();
        var some = place == "" ? all : all.FindAll(mutant => mutant.Line == int.Parse(place, CultureInfo.InvariantCulture));
        switch (some.Count)
        {
            case 1:
                return some[0];
            case 0:
                problem =
                    all.Count > 0
                        ? $"there is this mutant at line {string.Join(" and ", all.Select(mutant => mutant.Line))}; expected that line"
                        : "no mutant of the sources is this one; expected one as the report has it";
                return null;
            default:
                problem =
                    $"the lines {string.Join(" and ", some.Select(mutant => mutant.Line))} are alike; "
                    + $"expected the one that is meant, as {file}:{some[0].Line}:";
                return null;
        }
    }
}
