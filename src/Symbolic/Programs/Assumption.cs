using System.Globalization;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Programs;

/// <summary>A condition on the context, read from text; or why it is none.</summary>
public abstract record Assumption
{
    private Assumption()
    {
    }

    /// <summary>The condition.</summary>
    /// <param name="Formula">A formula over the bytes of the context.</param>
    public sealed record Read(Term Formula) : Assumption;

    /// <summary>The text is no condition.</summary>
    /// <param name="Column">Where, from 1.</param>
    /// <param name="Message">What is wrong there, and what would be right.</param>
    public sealed record Wrong(int Column, string Message) : Assumption;

    /// <summary>The condition that the context begins with a pattern: hexadecimal digits, <c>?</c> where any may stand.</summary>
    /// <param name="pattern">Two characters a byte.</param>
    public static Assumption OfPattern(string pattern)
    {
        var formula = Make.True;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '?') continue;
            if (!char.IsAsciiHexDigit(pattern[i])) return new Wrong(i + 1, $"'{pattern[i]}' is neither a hexadecimal digit nor '?'");
            var digit = byte.Parse(pattern.AsSpan(i, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var half = SymbolicProgram.Byte(i / 2).Bits(i % 2 == 0 ? 4 : 0, 4);
            formula &= half.EqualTo(Make.Constant(digit, 4));
        }

        return pattern.Length % 2 == 0 ? new Read(formula) : new Wrong(pattern.Length, "half a byte; expected two characters a byte");
    }

    /// <summary>The condition that an expression of C holds, such as <c>u16[2] &lt;= 40 &amp;&amp; u8[0] == 0x45</c>.</summary>
    /// <param name="text">
    /// Comparisons (<c>== != &lt; &lt;= &gt; &gt;=</c>) of values, joined by <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and
    /// parentheses. A value
    /// is a number, or a field of the context at an offset in bytes: <c>u8[0]</c>, <c>u16[2]</c>, <c>u32[4]</c>, <c>u64[8]</c>
    /// little-endian, <c>s8</c> to <c>s64</c> signed, <c>be16</c> to <c>be64</c> big-endian; or values joined by
    /// <c>+ - * &amp; | ^ &lt;&lt; &gt;&gt;</c>, which bind tighter than comparisons. Values have 64 bits; a comparison is signed
    /// where a side has a
    /// signed field or a negative number.
    /// </param>
    /// <param name="size">The length of the context in bytes.</param>
    public static Assumption OfExpression(string text, int size) => new AssumptionParser(text, size).Parse();
}
