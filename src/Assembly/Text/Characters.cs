using System.Text;

namespace RbpfSpec.Assembly.Text;

/// <summary>Characters in quotes, as C and LLVM write them.</summary>
internal static class Characters
{
    /// <summary>The bytes of text between quotes, in UTF-8; null if an escape is none that C has.</summary>
    public static byte[]? Bytes(ReadOnlySpan<char> text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> encoded = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\')
            {
                if (Escape(text[(i + 1)..], out var length) is not { } value) return null;
                bytes.Add(value);
                i += 1 + length;
                continue;
            }

            Rune.DecodeFromUtf16(text[i..], out var rune, out var consumed);
            bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
            i += consumed;
        }

        return [.. bytes];
    }

    /// <summary>Whether text between single quotes is one character of one byte.</summary>
    public static bool IsOne(ReadOnlySpan<char> text, out ulong value)
    {
        var bytes = Bytes(text);
        value = bytes is [var only] ? only : 0UL;
        return bytes is { Length: 1 };
    }

    // What follows a backslash: its byte, and how many characters it has.
    private static byte? Escape(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        if (text.IsEmpty) return null;
        if (text[0] is 'x' or 'X') return Hexadecimal(text, out length);
        if (text[0] is >= '0' and <= '7') return Octal(text, out length);
        return text[0] switch
        {
            'n' => (byte)'\n',
            't' => (byte)'\t',
            'r' => (byte)'\r',
            'b' => (byte)'\b',
            'f' => (byte)'\f',
            '\\' => (byte)'\\',
            '"' => (byte)'"',
            '\'' => (byte)'\'',
            _ => null,
        };
    }

    // Any number of digits; the last two count.
    private static byte? Hexadecimal(ReadOnlySpan<char> text, out int length)
    {
        var value = 0;
        for (length = 1; length < text.Length && char.IsAsciiHexDigit(text[length]); length++)
            value = ((value << 4) | Convert.ToInt32(text[length].ToString(), 16)) & 0xff;
        return length > 1 ? (byte)value : null;
    }

    private static byte? Octal(ReadOnlySpan<char> text, out int length)
    {
        var value = 0;
        for (length = 0; length < Math.Min(3, text.Length) && text[length] is >= '0' and <= '7'; length++)
            value = (value << 3) | (text[length] - '0');
        return value <= byte.MaxValue ? (byte)value : null;
    }
}
