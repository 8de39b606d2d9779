using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Dialects;

/// <summary>Words that the rules of several machines make.</summary>
internal static class DialectWords
{
    /// <summary>The 64-bit word whose high half is a word of 32 bits, its low half zero.</summary>
    public static TWord HighHalf<TWord, TBit>(TWord half)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> =>
        TWord.ShiftLeft(half.ZeroExtend(Width.Bits64), TWord.Constant(32, Width.Bits64));

    /// <summary>Whether a word is at most another, both read as unsigned.</summary>
    public static TBit AtMost<TWord, TBit>(TWord left, TWord right)
        where TWord : IWord<TWord, TBit>
        where TBit : IBit<TBit> => !TWord.LessUnsigned(right, left);
}
