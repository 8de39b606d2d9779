using System.Globalization;

namespace RbpfSpec.Images.Inputs;

/// <summary>Numbers and bytes as people write them.</summary>
public static class Hex
{
    /// <summary>Reads bytes as two hexadecimal digits each, with white space between bytes or not.</summary>
    /// <returns>Whether the text is nothing else.</returns>
    public static bool TryBytes(ReadOnlySpan<char> text, out Sequence<byte> bytes)
    {
        var buffer = new byte[(text.Length + 1) / 2];
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            if (at + 1 >= text.Length || !char.IsAsciiHexDigit(text[at]) || !char.IsAsciiHexDigit(text[at + 1]))
            {
                bytes = [];
                return false;
            }

            buffer[count++] = (byte)((Digit(text[at]) << 4) | Digit(text[at + 1]));
            at += 2;
        }

        bytes = Sequence.Of<byte>(buffer.AsSpan(0, count));
        return true;
    }

    /// <summary>Reads a number of up to 64 bits, decimal (perhaps negative) or hexadecimal after <c>0x</c>.</summary>
    public static bool TryNumber(string text, out ulong number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return true;
        var isNegative = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed);
        number = (ulong)signed;
        return isNegative;
    }

    // Of a hexadecimal digit in ASCII: letters have bit 6, and 'a' is 1 in the low bits.
    private static int Digit(char digit) => (digit & 0xf) + (digit > '9' ? 9 : 0);
}
