namespace RbpfSpec.Reports;

/// <summary>Breaks lines between words, so that a terminal does not break them within one.</summary>
public static class Wrapping
{
    private const string Hanging = "  ";

    /// <summary>The line as lines that are no wider than a number of columns, where their words allow it.</summary>
    /// <remarks>Lines after the first are two columns further right than it. Command lines, which are copied, stay whole.</remarks>
    public static IEnumerable<string> Lines(string text, int columns)
    {
        var indent = text[..^text.TrimStart(' ').Length];
        if (text.Length <= columns || columns <= indent.Length + Hanging.Length || text.StartsWith("./rbpf ", StringComparison.Ordinal))
        {
            yield return text;
            yield break;
        }

        var from = 0;
        for (var prefix = ""; from < text.Length; prefix = indent + Hanging)
        {
            var room = columns - prefix.Length;
            var end = text.Length - from <= room ? text.Length : Break(text, from, room, prefix == "" ? indent.Length : 0);
            yield return prefix + text[from..end].TrimEnd(' ');
            from = end;
            while (from < text.Length && text[from] == ' ') from++;
        }
    }

    // After the last space within the room; a word that is longer than that stays whole.
    private static int Break(string text, int from, int room, int skipped)
    {
        var space = text.LastIndexOf(' ', from + room, room + 1 - skipped);
        if (space <= from + skipped) space = text.IndexOf(' ', from + room);
        return space < 0 ? text.Length : space;
    }
}
