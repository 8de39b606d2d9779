using System.Globalization;
using System.Text;

namespace RbpfSpec.Debugging.Protocol;

/// <summary>The next message of a client, as bytes.</summary>
public abstract record Framed
{
    private Framed()
    {
    }

    /// <summary>A message: the bytes of its JSON text.</summary>
    public sealed record Body(Sequence<byte> Json) : Framed;

    /// <summary>The client says no more.</summary>
    public sealed record End : Framed;

    /// <summary>The header of a message makes no sense, so that nobody knows where the next message begins.</summary>
    /// <param name="Problem">What is wrong, and what would be right, in one line.</param>
    public sealed record Broken(string Problem) : Framed;
}

/// <summary>Messages of the Debug Adapter Protocol in a stream: a header with the length, an empty line, JSON.</summary>
/// <remarks>The protocol's base: <c>Content-Length: 119\r\n\r\n{…}</c>; other header fields are passed over.</remarks>
public sealed class MessageReader(Stream stream)
{
    /// <summary>The most bytes that a message may have.</summary>
    public const int LongestBody = 16 << 20;

    private const int LongestHeader = 4096;

    private const string LengthField = "Content-Length";

    /// <summary>The next message.</summary>
    public Framed Read()
    {
        int? length = null;
        for (var isFirst = true; ; isFirst = false)
        {
            var line = Line(out var problem);
            if (problem is not null) return new Framed.Broken(problem);
            if (line is null) return isFirst ? new Framed.End() : new Framed.Broken("the input ends within the header of a message");
            if (line == "") return length is { } known ? Body(known) : new Framed.Broken($"a message has no {LengthField} in its header");
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) return new Framed.Broken($"'{Short(line)}' is no field of a header; expected '{LengthField}: ' and a number");
            if (!line.AsSpan(0, colon).Trim().Equals(LengthField, StringComparison.OrdinalIgnoreCase)) continue;
            var text = line.AsSpan(colon + 1).Trim();
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > LongestBody)
                return new Framed.Broken($"{LengthField} is '{Short(text.ToString())}'; expected 0 to {LongestBody}");
            length = number;
        }
    }

    private Framed Body(int length)
    {
        var bytes = new byte[length];
        var read = stream.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
        return read == length
            ? new Framed.Body(Sequence.Of<byte>(bytes))
            : new Framed.Broken($"the input ends {length - read} bytes before the end of a message of {length}");
    }

    // A line without its end; null at the end of the input.
    private string? Line(out string? problem)
    {
        problem = null;
        var line = new StringBuilder();
        while (true)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                if (line.Length > 0) problem = "the input ends within the header of a message";
                return null;
            }

            if (next == '\n') return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
            if (line.Length == LongestHeader)
            {
                problem = $"a line of a header has more than {LongestHeader} bytes";
                return null;
            }

            line.Append((char)next);
        }
    }

    private static string Short(string text)
    {
        const int longest = 60;
        var shown = string.Concat(text.Take(longest).Select(static character => char.IsControl(character) ? '?' : character));
        return text.Length > longest ? shown + "…" : shown;
    }
}
