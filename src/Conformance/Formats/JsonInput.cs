using System.Text;
using System.Text.Json;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Text that others wrote, as JSON: a document, or what is wrong and in which line.</summary>
internal static class JsonInput
{
    private const string HalfPair = "it holds half a surrogate pair";

    /// <summary>Reads a text; null, with the line from 1 and the problem, if it is not JSON.</summary>
    public static JsonDocument? Parse(string text, out (int Line, string Problem) fault)
    {
        fault = (0, "");
        if (HalfOfPair(text) is { } at)
        {
            fault = (1 + text.AsSpan(0, at).Count('\n'), $": {HalfPair}");
            return null;
        }

        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException exception)
        {
            // The library's message ends in "LineNumber: 0 | BytePositionInLine: …", counted from 0.
            var found = exception.Message.Split(" LineNumber: ")[0].Split(" Path: ")[0];
            fault = ((int)(exception.LineNumber ?? 0) + 1, $", at byte {exception.BytePositionInLine + 1}: {found}");
            return null;
        }
    }

    /// <summary>The line, from 1, in which an element of an array begins that is a field of the outermost object.</summary>
    public static int LineOf(string text, string field, int element)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var isInside = false;
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1)
                isInside = reader.TokenType is JsonTokenType.PropertyName ? reader.ValueTextEquals(field) : isInside;
            if (!isInside || reader.CurrentDepth != 2 || reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) continue;
            if (element-- == 0) return 1 + bytes.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        }

        return 1;
    }

    // The library looks into strings only when they are asked for, and then throws: where one holds half of a pair, as such or
    // escaped, is found before.
    private static int? HalfOfPair(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var (unit, length) = UnitAt(text, at);
            if (char.IsHighSurrogate(unit))
            {
                // Both halves are written alike.
                if (at + length >= text.Length
                    || UnitAt(text, at + length) is var (next, width) && (width != length || !char.IsLowSurrogate(next)))
                {
                    return at;
                }

                length *= 2;
            }
            else if (char.IsLowSurrogate(unit))
            {
                return at;
            }

            at += length;
        }

        return null;
    }

    private static (char Unit, int Length) UnitAt(string text, int at)
    {
        if (text[at] != '\\' || at + 1 >= text.Length) return (text[at], 1);
        if (text[at + 1] != 'u' || at + 6 > text.Length) return ('\\', 2);
        return ushort.TryParse(text.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit)
            ? ((char)unit, 6)
            : ('\\', 2);
    }
}
