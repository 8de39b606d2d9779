using System.Globalization;

namespace RbpfSpec.Assembly.Text;

/// <summary>The sorts of tokens.</summary>
internal enum TokenKind
{
    /// <summary>A name: a mnemonic, a register, a label, a directive.</summary>
    Word,

    /// <summary>A text that starts with a digit, be it a number or not; or a character in quotes.</summary>
    Number,

    /// <summary>Text in double quotes.</summary>
    Text,

    /// <summary>An operator or a punctuation mark.</summary>
    Symbol,

    /// <summary>The end of the line.</summary>
    End,
}

/// <summary>The smallest piece of a line that means something.</summary>
/// <param name="Kind">The sort.</param>
/// <param name="Text">The characters; none at the end of the line.</param>
/// <param name="Column">Where in the line, counted from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Column)
{
    // Longer than any name that a person writes, shorter than a line of a terminal.
    private const int Shown = 48;

    /// <summary>The token as an error message shows it.</summary>
    public string Found => Kind is TokenKind.End ? "the end of the line" : Quote(Text);

    /// <summary>Whether this is a word that names a label rather than a register written with a percent sign.</summary>
    public bool IsLabel => Kind is TokenKind.Word && Text[0] != '%';

    /// <summary>Whether this is a word that names a register as LLVM writes it.</summary>
    public bool IsRegister => Kind is TokenKind.Word && Text.Length is 2 or 3
        && Text[0] is 'r' or 'w' or 'R' or 'W'
        && !Text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    /// <summary>The column after the token's last character.</summary>
    public int End => Column + Text.Length;

    /// <summary>Text in quotation marks, cut to a length that an error message can show.</summary>
    public static string Quote(string text) => text.Length > Shown ? $"'{text[..Shown]}…'" : $"'{text}'";

    /// <summary>Whether this token, which is not empty, is a number of at most 64 bits.</summary>
    public bool IsNumber(NumberStyle style, out ulong value)
    {
        value = 0;
        var text = Text.AsSpan();
        if (style is not NumberStyle.Decimal)
        {
            if (text[0] == '\'') return Characters.IsOne(text[1..^1], out value);
            text = WithoutSuffix(text);
            if (text.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
                return ulong.TryParse(text[2..], NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out value);
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

        var isLeading = text.Length > 1 && text[0] == '0';
        return style switch
        {
            NumberStyle.C when isLeading => IsOctal(text, out value),
            NumberStyle.Alike when isLeading => false,
            NumberStyle.C or NumberStyle.Decimal or NumberStyle.Alike =>
                ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value),
        };
    }

    private static bool IsOctal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7' || value >> 61 != 0) return false;
            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    // LLVM goes past the endings that C has for the type of a number.
    private static ReadOnlySpan<char> WithoutSuffix(ReadOnlySpan<char> text)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["ULL", "UL", "LL", "U", "L"])
        {
            if (text.EndsWith(suffix)) return text[..^suffix.Length];
        }

        return text;
    }
}
