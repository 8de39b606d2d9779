using RbpfSpec.Assembly.Text;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Assembly.Patterns;

/// <summary>A part of how an instruction is written: text that is always the same, or the text of a field.</summary>
/// <remarks>Each part can be printed and read, so that both directions come from one pattern.</remarks>
internal abstract record Part
{
    private Part()
    {
    }

    /// <summary>The same text in every instruction; the spaces in it are for printing only.</summary>
    internal sealed record Fixed(string Text) : Part
    {
        /// <summary>The tokens of the text.</summary>
        public Sequence<string> Tokens { get; } =
            [.. from token in Tokenizer.Tokens(Text) where token.Kind is not TokenKind.End select token.Text];
    }

    /// <summary>A register that a field names.</summary>
    /// <param name="Field">dst_reg or src_reg.</param>
    /// <param name="Prefix">What stands before the number, such as <c>%r</c>.</param>
    internal sealed record Name(Field Field, string Prefix) : Part;

    /// <summary>A signed 32-bit number in a field; read, it may also be the unsigned number of the same bits.</summary>
    internal sealed record Number(Field Field) : Part;

    /// <summary>A 64-bit number in imm and next_imm.</summary>
    /// <param name="Notation">How it is printed; every notation is read.</param>
    /// <param name="HasHighHalf">Whether the encoding holds a next_imm; if not, the number has 32 bits.</param>
    /// <param name="MayBeAddress">Whether the address of a symbol may stand for it, where numbers are read as in C.</param>
    internal sealed record WideNumber(Notation Notation, bool HasHighHalf, bool MayBeAddress = false) : Part;

    /// <summary>A signed number in a field, added to what stands before it; read, zero may be left out.</summary>
    /// <param name="Field">offset or imm.</param>
    /// <param name="Plus">What is printed before a positive number.</param>
    /// <param name="Minus">What is printed before the magnitude of a negative one.</param>
    /// <param name="Zero">What is printed of zero.</param>
    internal sealed record Addend(Field Field, string Plus, string Minus, string Zero) : Part;

    /// <summary>A distance in slots in a field, printed with its sign; read, it may be a label.</summary>
    /// <param name="Field">offset or imm.</param>
    /// <param name="MayBeBare">Whether a positive one is read without its sign; where numbers are read as in C, it is.</param>
    internal sealed record Distance(Field Field, bool MayBeBare = false) : Part;

    /// <summary>The label of a function that is called; printed as a distance.</summary>
    internal sealed record Callee(Field Field) : Part;
}

/// <summary>How a 64-bit number is printed.</summary>
internal enum Notation
{
    /// <summary>Hexadecimal without leading zeros, as in <c>0x1122</c>.</summary>
    Hexadecimal,

    /// <summary>Decimal, from -2^63.</summary>
    Signed,

    /// <summary>Decimal, from 0.</summary>
    Unsigned,
}
