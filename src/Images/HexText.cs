using RbpfSpec.Semantics;

namespace RbpfSpec.Images;

/// <summary>Program bytes written as hexadecimal digits.</summary>
/// <remarks>
/// Two digits a byte, in the order of the file's bytes, so a slot reads as it lies in memory: <c>b7 00 00 00 2a 00 00
/// 00</c> or <c>b70000002a000000</c>. White space may stand between bytes, not within one; <c>0x</c> may precede any
/// run of digits and does not change their order; a comment runs from <c>#</c> to the end of its line.
/// </remarks>
internal static class HexText
{
    /// <summary>
    /// Whether a file is text: ASCII without control characters but white space; comments may hold more.
    /// </summary>
    /// <remarks>An empty file is not.</remarks>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        var comment = false;
        foreach (var value in bytes)
        {
            comment = value is (byte)'#' || (comment && value is not (byte)'\n');
            if (!IsPrintable(value) && !IsSpace(value) && !(comment && value >= 0x80)) return false;
        }

        return !bytes.IsEmpty;
    }

    /// <summary>Reads text; a problem names the line and the column, both from 1.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> text)
    {
        var program = new List<byte>(text.Length / 2);
        var line = 1;
        var lineStart = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is (byte)'\n')
            {
                line++;
                lineStart = ++at;
            }
            else if (IsSpace(text[at]))
            {
                at++;
            }
            else if (text[at] is (byte)'#')
            {
                at += LengthUntil(text[at..], static value => value is (byte)'\n');
            }
            else
            {
                var run = text.Slice(at, LengthUntil(text[at..], static value => IsSpace(value) || value is (byte)'#'));
                if (ReadRun(run, program) is var (offset, problem))
                    return new ImageResult.Malformed($"line {line}, column {at - lineStart + 1 + offset}: {problem}");

                at += run.Length;
            }
        }

        return new ImageResult.Loaded(new Image { Format = ImageFormat.Hex, Program = program.ToSequence() });
    }

    // Appends the bytes of a run without spaces, or says what is wrong at which offset of it.
    private static (int Offset, string Text)? ReadRun(ReadOnlySpan<byte> run, List<byte> program)
    {
        var prefix = run.StartsWith("0x"u8) || run.StartsWith("0X"u8) ? 2 : 0;
        var digits = run[prefix..];
        for (var index = 0; index < digits.Length; index++)
        {
            if (!char.IsAsciiHexDigit((char)digits[index]))
                return (prefix + index, $"{Describe(digits[index])} is not a hexadecimal digit");
        }

        if (digits.IsEmpty) return (0, "'0x' without digits; a byte is two hexadecimal digits");
        if (digits.Length % 2 is not 0)
            return (0, $"an odd number of hexadecimal digits ({digits.Length}) stands together; a byte is two");

        program.AddRange(Convert.FromHexString(digits));
        return null;
    }

    private static int LengthUntil(ReadOnlySpan<byte> text, Func<byte, bool> ends)
    {
        var length = 0;
        while (length < text.Length && !ends(text[length])) length++;
        return length;
    }

    private static string Describe(byte value) => IsPrintable(value) ? $"'{(char)value}'" : $"byte 0x{value:x2}";

    private static bool IsPrintable(byte value) => value is >= 0x20 and < 0x7f;

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
