using System.Globalization;

namespace RbpfSpec.Assembly;

/// <summary>The sorts of tokens.</summary>
internal enum TokenKind
{
    /// <summary>A name: a mnemonic, a register, a label, a directive.</summary>
    Word,

    /// <summary>What starts with a digit, be it a number or not.</summary>
    Number,

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
    /// <summary>The token as an error message shows it.</summary>
    public string Found => Kind is TokenKind.End ? "the end of the line" : $"'{Text}'";

    /// <summary>Whether this is a word that names a label rather than a register of either syntax.</summary>
    public bool IsLabel => Kind is TokenKind.Word && Text[0] != '%';

    /// <summary>Whether this is a decimal or hexadecimal number of at most 64 bits.</summary>
    public bool IsNumber(out ulong value) => Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
