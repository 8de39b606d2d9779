using System.Runtime.CompilerServices;
using System.Text;
using RbpfSpec.Assembly.Text;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>How an instruction is written: its parts in order.</summary>
internal sealed record Pattern(Sequence<Part> Parts)
{
    /// <summary>The pattern of an interpolated string: parts in braces are parts, and all else is fixed text.</summary>
    public static Pattern Of(PatternBuilder builder) => new(builder.Parts);

    /// <summary>The first token of all that is written so; empty if it varies.</summary>
    public string FirstToken => Parts[0] is Part.Fixed { Tokens: [var first, ..] } ? first : "";

    /// <summary>Writes the parts with the values of fields.</summary>
    /// <param name="values">The values.</param>
    /// <param name="label">The label to write for a distance or an address, if one is known.</param>
    public string Print(FieldValues values, string? label = null)
    {
        var text = new StringBuilder();
        foreach (var part in Parts)
        {
            var isTarget = part is Part.Distance or Part.Callee or Part.WideNumber { MayBeAddress: true };
            text.Append(label is not null && isTarget ? label : PartPrinter.Print(part, values));
        }

        return text.ToString();
    }

    /// <summary>Reads a line to its end; where it is written otherwise, the cursor notes what was expected.</summary>
    public bool Matches(Cursor cursor)
    {
        foreach (var part in Parts)
        {
            if (!PartReader.Read(part, cursor)) return false;
        }

        return cursor.AtEnd();
    }
}

/// <summary>Collects the parts of a pattern from an interpolated string; the compiler calls it.</summary>
[InterpolatedStringHandler]
internal readonly ref struct PatternBuilder(int literalLength, int formattedCount)
{
    private readonly List<Part> parts = new(formattedCount);
    private readonly StringBuilder text = new(literalLength);

    /// <summary>The parts.</summary>
    public Sequence<Part> Parts
    {
        get
        {
            Flush();
            return [.. parts];
        }
    }

    /// <summary>Adds the text between braces.</summary>
    public void AppendLiteral(string value) => text.Append(value);

    /// <summary>Adds fixed text that is computed.</summary>
    public void AppendFormatted(string value) => text.Append(value);

    /// <summary>Adds a number that is always the same.</summary>
    public void AppendFormatted(int value) => text.Append(value);

    /// <summary>Adds the parts of another pattern, as if they stood here.</summary>
    public void AppendFormatted(Pattern value)
    {
        foreach (var part in value.Parts)
        {
            if (part is Part.Fixed(var literal)) AppendLiteral(literal);
            else AppendFormatted(part);
        }
    }

    /// <summary>Adds a part.</summary>
    public void AppendFormatted(Part value)
    {
        Flush();
        parts.Add(value);
    }

    private void Flush()
    {
        if (text.Length > 0) parts.Add(new Part.Fixed(text.ToString()));
        text.Clear();
    }
}
