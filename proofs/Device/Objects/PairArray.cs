using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Thumb.Memory;

namespace RbpfSpec.Proofs.Device.Objects;

/// <summary>An array of pairs of words that is read and never written: the slots of a program, or a table of helpers.</summary>
/// <param name="First">The first word of each pair, by its index of 32 bits.</param>
/// <param name="Second">The second words.</param>
/// <param name="Count">How many there are; fewer than 2^28.</param>
internal sealed record PairArray(Term First, Term Second, Term Count) : IMemoryObject
{
    private const int Bytes = 8;

    private static readonly Sort Words = new Sort.Array(32, 32);

    /// <summary>An array of anything.</summary>
    public static PairArray Any(string first, string second, Term count) =>
        new(Make.Variable(first, Words), Make.Variable(second, Words), count);

    /// <summary>The indices whose pairs a replay puts into memory, in order of importance.</summary>
    public Sequence<Term> Shown { get; init; }

    public Truth<TermWord> Grants(TermWord offset, Width width, bool isWrite)
    {
        var (index, byteOffset, lies) = Split(offset.Term);
        return TermTruths.Of(Make.Truth(!isWrite && byteOffset % width.Bytes == 0) & lies & index.Below(Count));
    }

    public TermWord Read(TermWord offset, Width width)
    {
        var (index, byteOffset, _) = Split(offset.Term);
        var word = Word(index, byteOffset >= Bytes / 2);
        return new(word.Bits(byteOffset % (Bytes / 2) * 8, width.Bits));
    }

    public IMemoryObject Write(TermWord offset, TermWord value, Truth<TermWord> when) => this;

    /// <summary>A word of a pair.</summary>
    public Term Word(Term index, bool isSecond) => (isSecond ? Second : First)[index];

    /// <summary>The same array with another pair at an index.</summary>
    public PairArray With(Term index, Term first, Term second) =>
        this with { First = Make.Store(First, index, first), Second = Make.Store(Second, index, second) };

    // The index of a pair, the byte within it, and when the distance is that.
    private static (Term Index, int Byte, Term Lies) Split(Term offset)
    {
        if (offset.IsConstant) return (Make.Constant(offset.Value / Bytes, 32), (int)(offset.Value % Bytes), Make.True);
        var (far, constant) = offset.Operator is Operator.Add && offset.Second.IsConstant
            ? (offset.First, (int)(uint)offset.Second.Value)
            : (offset, 0);
        var isScaled = far.Operator is Operator.ShiftLeft && far.Second.Is(3UL);
        var index = isScaled ? far.First : far.Bits(3, 29).ZeroExtended(32);
        var lies = isScaled ? Make.True : far.Bits(0, 3).EqualTo(0);
        return (index + (ulong)(uint)(constant / Bytes), constant % Bytes, lies & Make.Truth(constant >= 0));
    }
}
