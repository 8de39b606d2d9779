namespace RbpfSpec.Symbolic.Terms;

/// <summary>The sort of a term: the values that it can stand for.</summary>
/// <remarks>SMT-LIB 2, theories Core, FixedSizeBitVectors and ArraysEx. Closed: every case is nested here and sealed.</remarks>
public abstract record Sort
{
    private Sort()
    {
    }

    /// <summary>A truth value.</summary>
    public sealed record Bool : Sort
    {
        /// <summary>The SMT-LIB text.</summary>
        public override string ToString() => "Bool";
    }

    /// <summary>A bit-vector.</summary>
    /// <param name="Width">The number of bits, 1 to 128; words of programs take 64, sums that must not wrap a few more.</param>
    public sealed record BitVector(int Width) : Sort
    {
        /// <summary>The SMT-LIB text.</summary>
        public override string ToString() => $"(_ BitVec {Width})";
    }

    /// <summary>A total map from bit-vectors to bit-vectors.</summary>
    /// <param name="Index">The number of bits of an index.</param>
    /// <param name="Element">The number of bits of an element.</param>
    public sealed record Array(int Index, int Element) : Sort
    {
        /// <summary>The SMT-LIB text.</summary>
        public override string ToString() => $"(Array (_ BitVec {Index}) (_ BitVec {Element}))";
    }

    /// <summary>The sort of truth values.</summary>
    public static Sort Truth { get; } = new Bool();

    /// <summary>The sort of memories: bytes at 64-bit indices.</summary>
    public static Sort Bytes { get; } = new Array(64, 8);

    /// <summary>The sort of the bit-vectors of a width.</summary>
    public static Sort Of(int width) => BitVectors[width];

    private static readonly Sort[] BitVectors = [.. Enumerable.Range(0, 129).Select(width => new BitVector(width))];
}
