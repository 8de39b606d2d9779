using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Thumb.Memory;

/// <summary>What the structure of a term alone says about its value.</summary>
internal static class TermBounds
{
    /// <summary>The low bits of a term of at most 64 bits; null where its structure does not say what they are.</summary>
    public static ulong? Low(Term term, int bits)
    {
        var mask = (1UL << bits) - 1;
        return term.Operator switch
        {
            Operator.Constant => (ulong)term.Value & mask,
            Operator.Add => Low(term.First, bits) + Low(term.Second, bits) & mask,
            Operator.Subtract => Low(term.First, bits) - Low(term.Second, bits) & mask,
            Operator.BitwiseAnd when term.Second.IsConstant && ((ulong)term.Second.Value & mask) == 0 => 0,
            Operator.BitwiseAnd => Low(term.First, bits) & Low(term.Second, bits),
            Operator.BitwiseOr => Low(term.First, bits) | Low(term.Second, bits),
            Operator.Concatenate when term.Second.Width >= bits => Low(term.Second, bits),
            Operator.ZeroExtend or Operator.SignExtend when term.First.Width >= bits => Low(term.First, bits),
            Operator.ShiftLeft when term.Second.IsConstant && term.Second.Value >= (UInt128)bits => 0,
            Operator.Choose when Low(term.Second, bits) is { } low && low == Low(term.Third, bits) => low,
            _ => null,
        };
    }

    /// <summary>The power of two, at most 8, that the value is certainly a multiple of.</summary>
    public static int Stride(Term term) => Low(term, 3) == 0 ? 8 : Low(term, 2) == 0 ? 4 : Low(term, 1) == 0 ? 2 : 1;

    /// <summary>An unsigned number that the value does not exceed; the term has at most 32 bits.</summary>
    public static ulong Most(Term term)
    {
        var mask = (1UL << term.Width) - 1;
        var most = term.Operator switch
        {
            Operator.Constant => (ulong)term.Value,
            Operator.ZeroExtend => Most(term.First),
            Operator.BitwiseAnd => Math.Min(Most(term.First), Most(term.Second)),
            Operator.ShiftLeft when term.Second.IsConstant && term.Second.Low() < 32 => Most(term.First) << (int)term.Second.Low(),
            Operator.ShiftRightLogical when term.Second.IsConstant && term.Second.Low() < 32 => Most(term.First) >> (int)term.Second.Low(),
            Operator.Add => Most(term.First) + Most(term.Second),
            Operator.Choose => Math.Max(Most(term.Second), Most(term.Third)),
            Operator.Extract when term.First.Width <= 32 => Most(term.First) >> term.Lowest,
            _ => mask,
        };
        return most > mask ? mask : most;
    }

    private static ulong Low(this Term constant) => (ulong)constant.Value;
}
