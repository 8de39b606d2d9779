using RbpfSpec.Ranges.Domain;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Audits;

/// <summary>The meaning of what certificates say, as formulas; nothing of it is from the code that computes with them.</summary>
internal static class Meaning
{
    /// <summary>That a word is on an arc and has its known bits.</summary>
    public static Term IsIn(Term word, ValueRange<Word> values)
    {
        var mask = word.Width == 64 ? ulong.MaxValue : (1UL << word.Width) - 1;
        var (start, span) = (values.Arc.Start.Value, values.Arc.Span.Value);
        var end = unchecked(start + span) & mask;
        var (above, below) = (!word.Below(start), !Make.Constant(end, word.Width).Below(word));
        var onArc = span == mask ? Make.True : start <= end ? above & below : above | below;
        var (known, value) = (~values.Bits.Mask.Value & mask, values.Bits.Value.Value);
        return known == 0 ? onArc : onArc & (word & Make.Constant(known, word.Width)).EqualTo(value);
    }

    /// <summary>The low bits, as many as a width says, of a multiple of a value and a summand.</summary>
    public static Term Linked(Link link, Term value, Width width) =>
        ((value * Make.Constant(link.Scale, 64)) + link.Offset).Bits(0, width.Bits);

    /// <summary>That a sum, as a whole number, is at least zero; null if a value of it is not known.</summary>
    /// <param name="form">The sum.</param>
    /// <param name="valueOf">The values, 64 bits.</param>
    public static Term? IsAtLeastZero(LinearForm form, Func<long, Term?> valueOf)
    {
        // So wide that nothing wraps around.
        var size = (UInt128)Int128.Abs(form.Constant);
        foreach (var term in form.Terms) size += (UInt128)Int128.Abs(term.Factor) << 64;
        var width = 130 - (int)UInt128.LeadingZeroCount(size);
        if (width > 128) return null;
        var sum = Constant(form.Constant);
        foreach (var (number, factor) in form.Terms)
        {
            if (valueOf(number) is not { } value) return null;
            sum += (width <= 64 ? value.Bits(0, width) : value.ZeroExtended(width)) * Constant(factor);
        }

        return !sum.BelowSigned(Make.Constant(0, width));

        Term Constant(Int128 number) => Make.Constant(
            (UInt128)number & (width == 128 ? UInt128.MaxValue : (UInt128.One << width) - 1), width);
    }
}
