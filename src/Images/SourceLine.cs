namespace RbpfSpec.Images;

/// <summary>A line of source that an instruction comes from, as the compiler noted it.</summary>
/// <param name="File">The file, with the folder that the compiler gave it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1; 0 if it is not told.</param>
/// <param name="Text">The line itself; empty if it is not told.</param>
public sealed record SourceLine(string File, int Line, int Column, string Text)
{
    private const int LongestShown = 120;

    /// <summary>File and line, as in <c>parser.c:12</c>; without folders.</summary>
    public string Place
    {
        get
        {
            var name = File[(File.LastIndexOf('/') + 1)..];
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(name == "" ? File : name)}:{Line}");
        }
    }

    /// <summary>File, line and the line itself, without its indentation, cut short if it is very long.</summary>
    public override string ToString()
    {
        var text = Text.Trim();
        if (text == "") return Place;
        return text.Length <= LongestShown ? $"{Place}: {text}" : $"{Place}: {text[..LongestShown]}…";
    }
}

/// <summary>From a slot on, up to the next of these, instructions come from a line of source.</summary>
/// <param name="Slot">The slot index in the program.</param>
/// <param name="Source">The line; null where none is known.</param>
public sealed record ImageLine(int Slot, SourceLine? Source);
