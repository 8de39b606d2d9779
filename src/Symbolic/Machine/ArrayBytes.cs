using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>The bytes of a region as a part of an array term.</summary>
/// <param name="Array">Bytes at 64-bit indices.</param>
/// <param name="First">The index of the region's first byte: 0 for an array of its own, its address in a flat memory.</param>
public sealed record ArrayBytes(Term Array, Term First) : IBytes<TermWord>
{
    /// <summary>Unknown bytes in an array of their own.</summary>
    public static ArrayBytes Variable(string name) => new(Make.Variable(name, Sort.Bytes), Make.Constant(0, 64));

    public TermWord Read(TermWord offset, Width width)
    {
        var word = At(offset, 0);
        for (ulong i = 1; i < (ulong)width.Bytes; i++) word = Make.Concatenate(At(offset, i), word);
        return new(word);
    }

    public IBytes<TermWord> Write(TermWord offset, TermWord value, Truth<TermWord> when)
    {
        if (when.Term.IsFalse) return this;
        var written = Array;
        for (var i = 0; i < value.Width.Bytes; i++)
            written = Make.Store(written, Index(offset, (ulong)i), value.Term.Bits(i * 8, 8));
        return this with { Array = Make.Choose(when.Term, written, Array) };
    }

    private Term At(TermWord offset, ulong distance) => Array[Index(offset, distance)];

    private Term Index(TermWord offset, ulong distance) =>
        First + offset.Term + Make.Constant(distance, 64);
}
