using System.Text.RegularExpressions;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>One small change of one source file.</summary>
/// <param name="File">The file, as the command names it.</param>
/// <param name="Line">Its line, from 1, where the change begins.</param>
/// <param name="Operator">What kind of change it is.</param>
/// <param name="Before">The lines as they are, without indentation, as one.</param>
/// <param name="After">The same with the change.</param>
public sealed record SourceMutant(string File, int Line, string Operator, string Before, string After)
{
    /// <summary>The text of the whole file with the change.</summary>
    public required string Text { get; init; }

    /// <summary>File, line and operator, with colons between.</summary>
    public string Id => $"{File}:{Line}:{Operator}";

    /// <summary>As a list of equivalents has it.</summary>
    public override string ToString() => $"{File}:{Line}: {Before} => {After}";
}

/// <summary>A change of a text.</summary>
/// <param name="Operator">What kind of change it is.</param>
/// <param name="Start">Where what is replaced begins.</param>
/// <param name="End">The index after it.</param>
/// <param name="Replacement">What stands there instead.</param>
internal readonly record struct Edit(string Operator, int Start, int End, string Replacement)
{
    /// <summary>The mutant of a file.</summary>
    public SourceMutant Of(string file, string text)
    {
        var changed = string.Concat(text.AsSpan(0, Start), Replacement, text.AsSpan(End));
        var first = Start == 0 ? 0 : text.LastIndexOf('\n', Start - 1) + 1;
        var last = text.IndexOf('\n', End);
        if (last < 0) last = text.Length;
        return new(
            file,
            1 + text.AsSpan(0, Start).Count('\n'),
            Operator,
            OneLine(text[first..last]),
            OneLine(changed[first..(last + changed.Length - text.Length)]))
        {
            Text = changed,
        };
    }

    private static string OneLine(string lines) => Regex.Replace(lines, @"\s+", " ", RegexOptions.None, Regex.InfiniteMatchTimeout).Trim();
}
