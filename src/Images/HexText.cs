namespace RbpfSpec.Images;

/// <summary>Program bytes written as hexadecimal digits, in the notations that tools and sources have.</summary>
/// <remarks>
/// <para>
/// Two digits a byte, in the order of the file's bytes, so a slot reads as it lies in memory: <c>b7 00 00 00 2a 00 00
/// 00</c> or <c>b70000002a000000</c>. White space, commas and quotation marks may stand between bytes, not within one;
/// <c>0x</c> may precede any run of digits, and before a single digit makes it a byte; <c>\xb7</c> is a byte; the array
/// of a C source is what stands between its braces. A comment runs from <c>#</c> or <c>//</c> to the end of its line,
/// or from <c>/*</c> to <c>*/</c>.
/// </para>
/// <para>
/// Runs of 8 or of 16 digits only may be numbers, most significant byte first, instead of bytes in order:
/// <c>0x0000002a000000b7</c>. They are taken for numbers if only so every slot is an instruction, and a note says so.
/// Linear in the length of the text.
/// </para>
/// </remarks>
internal static class HexText
{
    /// <summary>
    /// Whether a file is text: ASCII without control characters but white space; comments may hold more.
    /// </summary>
    /// <remarks>An empty file is not. A byte order mark of UTF-8 may begin it.</remarks>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        bytes = WithoutMark(bytes);
        var comment = false;
        for (var at = 0; at < bytes.Length; at++)
        {
            var value = bytes[at];
            comment = value is (byte)'#' or (byte)';' || bytes[at..].StartsWith("//"u8) || (comment && value is not (byte)'\n');
            if (!IsPrintable(value) && !IsSpace(value) && !(comment && value >= 0x80)) return false;
        }

        return !bytes.IsEmpty;
    }

    /// <summary>Reads text; a problem names the line and the column, both from 1.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> text) => new HexReader(WithoutMark(text).ToArray()).Read();

    /// <summary>Whether a byte is a printable character of ASCII, the space included.</summary>
    public static bool IsPrintable(byte value) => value is >= 0x20 and < 0x7f;

    /// <summary>Whether a byte is white space.</summary>
    public static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) =>
        text.StartsWith("\ufeff"u8) ? text["\ufeff"u8.Length..] : text;
}
