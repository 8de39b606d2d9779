using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Images;

/// <summary>Text being read as <see cref="HexText"/> says.</summary>
internal sealed class HexReader(byte[] text)
{
    private const int SlotDigits = 16;
    private const int WordDigits = 8;

    private readonly List<byte> program = [];

    // How many digits the runs have.
    private readonly HashSet<int> runDigits = [];
    private int at;
    private int line = 1;
    private int lineStart;
    private string? problem;

    /// <summary>Reads the whole text.</summary>
    public ImageResult Read()
    {
        var braces = 0;
        if (SkipDeclaration()) braces = 1;
        var isArray = braces > 0;
        while (problem is null && at < text.Length)
        {
            if (SkipSpaceOrComment()) continue;
            var value = text[at];
            if (isArray && value is (byte)'{' or (byte)'}') braces += value is (byte)'{' ? 1 : -1;
            var isBehind = isArray && braces == 0 && value is not ((byte)'}' or (byte)';');
            if (isBehind) Complain(at, "text behind the braces of the array; one array is expected");
            else if (IsSeparator(value, isArray)) at++;
            else if (Starts("\\x"u8)) ReadEscape();
            else ReadRun();
        }

        if (problem is null && braces > 0) Complain(at, "the array does not end; '}' is expected");
        return problem is { } found ? new ImageResult.Malformed(found) : Loaded();
    }

    private ImageResult.Loaded Loaded()
    {
        var inOrder = program.ToArray();
        int[] lengths = [.. runDigits];
        if (lengths is not [(SlotDigits or WordDigits) and var digits]) return Image(inOrder);
        var asNumbers = Reversed(inOrder, digits / 2);
        var kind = $"{digits} digits are {digits * 4}-bit numbers";
        return (IsProgram(inOrder), IsProgram(asNumbers)) switch
        {
            (false, true) =>
                Image(asNumbers, $"read so that {kind}, the opcode in the last two; as bytes in order they are no instructions"),
            (true, true) => Image(inOrder, $"read as bytes in order; that {kind} would be possible, too"),
            _ => Image(inOrder),
        };
    }

    private static ImageResult.Loaded Image(byte[] bytes, params Sequence<string> notes) =>
        new(new Image { Format = ImageFormat.Hex, Program = Sequence.Of<byte>(bytes), Notes = notes });

    private static byte[] Reversed(byte[] bytes, int length)
    {
        byte[] reversed = [.. bytes];
        for (var start = 0; start < reversed.Length; start += length) reversed.AsSpan(start, length).Reverse();
        return reversed;
    }

    // Whether every slot is an instruction, the second slots of wide ones included.
    private static bool IsProgram(byte[] bytes)
    {
        if (bytes.Length % Slot.Size != 0) return false;
        var slots = Program.Of(bytes);
        for (var index = 0; index < slots.Length;)
        {
            if (Preflight.Decode(slots, index) is not Decoded.Valid(var instruction)) return false;
            index += instruction.Form.Layout.Slots;
        }

        return true;
    }

    // What stands before the first brace declares the array; without a brace there is nothing to skip.
    private bool SkipDeclaration()
    {
        while (at < text.Length && text[at] is not (byte)'{')
        {
            if (!SkipSpaceOrComment()) at++;
        }

        if (at < text.Length)
        {
            at++;
            return true;
        }

        (at, line, lineStart) = (0, 1, 0);
        return false;
    }

    private bool SkipSpaceOrComment()
    {
        if (text[at] is (byte)'\n') NewLine();
        else if (HexText.IsSpace(text[at])) at++;
        else if (text[at] is (byte)'#' || Starts("//"u8)) SkipLine();
        else if (Starts("/*"u8)) SkipBlock();
        else return false;
        return true;
    }

    private void NewLine()
    {
        line++;
        lineStart = ++at;
    }

    private void SkipLine()
    {
        while (at < text.Length && text[at] is not (byte)'\n') at++;
    }

    private void SkipBlock()
    {
        var (start, startLine, startOfLine) = (at, line, lineStart);
        at += "/*"u8.Length;
        while (at < text.Length && !Starts("*/"u8))
        {
            if (text[at] is (byte)'\n') NewLine();
            else at++;
        }

        if (at < text.Length)
        {
            at += "*/"u8.Length;
            return;
        }

        (line, lineStart) = (startLine, startOfLine);
        Complain(start, "the comment does not end; '*/' is expected");
    }

    private void ReadEscape()
    {
        var digits = text.AsSpan(at + 2, Math.Min(2, text.Length - at - 2));
        if (digits.Length == 2 && IsHex(digits[0]) && IsHex(digits[1])) program.AddRange(Convert.FromHexString(digits));
        else Complain(at, "'\\x' without two hexadecimal digits, which a byte has");
        runDigits.Add(2);
        at += 4;
    }

    private static bool IsOfRun(byte letter) =>
        !HexText.IsSpace(letter) && letter is not ((byte)'#' or (byte)'/' or (byte)'\\') && !IsSeparator(letter, isArray: true);

    // Appends the bytes of a run of letters and digits.
    private void ReadRun()
    {
        var start = at;
        while (at < text.Length && IsOfRun(text[at])) at++;
        if (at == start) at++;
        var run = text.AsSpan(start, at - start);
        if (run is [(byte)'b'] && at < text.Length && text[at] is (byte)'"' or (byte)'\'') return;

        var hasPrefix = run.StartsWith("0x"u8) || run.StartsWith("0X"u8);
        var digits = hasPrefix ? run[2..].TrimEnd("uUlL"u8) : run;
        for (var index = 0; index < digits.Length; index++)
        {
            if (IsHex(digits[index])) continue;
            Complain(
                start + run.Length - run[(hasPrefix ? 2 : 0)..].Length + index, $"{Describe(digits[index])} is not a hexadecimal digit");
            return;
        }

        if (digits.IsEmpty)
        {
            Complain(start, "'0x' without digits; a byte is two hexadecimal digits");
        }
        else if (digits.Length % 2 is not 0 && !(hasPrefix && digits.Length is 1))
        {
            Complain(start, $"an odd number of hexadecimal digits ({digits.Length}) stands together; a byte is two");
        }
        else
        {
            runDigits.Add(digits.Length);
            if (digits.Length is 1) program.Add(byte.Parse(digits, System.Globalization.NumberStyles.AllowHexSpecifier));
            else program.AddRange(Convert.FromHexString(digits));
        }
    }

    private bool Starts(ReadOnlySpan<byte> what) => text.AsSpan(at).StartsWith(what);

    private void Complain(int place, string what) => problem = $"line {line}, column {place - lineStart + 1}: {what}";

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);

    private static bool IsSeparator(byte value, bool isArray) => value is (byte)',' or (byte)'"' or (byte)'\''
        || (isArray && value is (byte)'{' or (byte)'}' or (byte)'(' or (byte)')' or (byte)';');

    private static string Describe(byte value) => HexText.IsPrintable(value) ? $"'{(char)value}'" : $"byte 0x{value:x2}";
}
