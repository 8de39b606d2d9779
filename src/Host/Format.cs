using System.Globalization;
using System.Text;

namespace RbpfSpec.Host;

/// <summary>The formats of the printf helper: %d %i %u %x %X %c %p and %%, of 32 bits or, with l, ll or z, of 64.</summary>
/// <remarks>
/// As <c>helpers/printf</c> of the specification has them. A field width and the flag 0 are honoured up to 99 characters; zeros come
/// after a minus sign or 0x. What is no conversion, or has no argument left, is printed as it stands. Strings are not supported: a
/// number is no address that the host may read.
/// </remarks>
public static class Format
{
    /// <summary>The greatest field, in characters; a wider one counts as this.</summary>
    public const int LongestField = 99;

    /// <summary>The text of a format, each byte of it one character, with numbers put in.</summary>
    public static string Expand(Sequence<byte> format, Sequence<ulong> numbers)
    {
        var text = new StringBuilder();
        var used = 0;
        for (var at = 0; at < format.Count;)
        {
            var end = format[at] == (byte)'%' ? ConversionEnd(format, at) : at;
            if (end == at)
            {
                text.Append((char)format[at++]);
                continue;
            }

            var conversion = string.Concat(format.AsSpan()[at..end].ToArray().Select(character => (char)character));
            var isPercent = conversion[^1] == '%';
            if (isPercent) text.Append('%');
            else if (used < numbers.Count) text.Append(One(conversion, numbers[used++]));
            else text.Append(conversion);
            at = end;
        }

        return text.ToString();
    }

    // The index after the conversion that starts at a percent sign; the same index if it is none.
    private static int ConversionEnd(Sequence<byte> format, int start)
    {
        var at = start + 1;
        while (at < format.Count && (char)format[at] is >= '0' and <= '9') at++;
        while (at < format.Count && (char)format[at] is ('l' or 'z')) at++;
        return at < format.Count && (char)format[at] is ('d' or 'i' or 'u' or 'x' or 'X' or 'c' or 'p' or '%') ? at + 1 : start;
    }

    private static string One(string conversion, ulong number)
    {
        var isLong = conversion.Contains('l') || conversion.Contains('z') || conversion[^1] == 'p';
        var value = isLong ? number : (uint)number;
        var digits = conversion[^1] switch
        {
            'd' or 'i' => (isLong ? (long)value : (int)value).ToString(CultureInfo.InvariantCulture),
            'u' => value.ToString(CultureInfo.InvariantCulture),
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            'X' => value.ToString("X", CultureInfo.InvariantCulture),
            'p' => $"0x{value:x}",
            _ => ((char)(byte)value).ToString(),
        };
        var field = string.Concat(conversion.Skip(1).TakeWhile(char.IsAsciiDigit));
        if (field == "") return digits;
        var significant = field.TrimStart('0');
        var width = significant.Length > 2 ? LongestField : int.Parse($"0{significant}", CultureInfo.InvariantCulture);
        if (field[0] != '0') return digits.PadLeft(width);
        var prefix = digits[0] == '-' && digits.Length > 1 ? 1 : conversion[^1] == 'p' ? 2 : 0;
        return digits[..prefix] + digits[prefix..].PadLeft(Math.Max(width - prefix, 0), '0');
    }
}
