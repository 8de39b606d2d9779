using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Memory;

/// <summary>
/// Aligned words of 32 bits at distances that are numbers: a stack frame, or the fields of a structure. Parts of them are read, but
/// not written.
/// </summary>
/// <param name="Cells">The words by their distances in bytes; what is not there is not read.</param>
/// <param name="Lowest">The lowest distance that may be written.</param>
/// <param name="Above">One more than the highest.</param>
public sealed record WordCells(ImmutableDictionary<int, Term> Cells, int Lowest, int Above) : IMemoryObject
{
    /// <summary>The word at a distance.</summary>
    public Term this[int offset] => Cells[offset];

    /// <summary>The object with a word replaced.</summary>
    public WordCells With(int offset, Term value) => this with { Cells = Cells.SetItem(offset, value) };

    public Truth<TermWord> Grants(TermWord offset, Width width, bool isWrite) => Truth<TermWord>.Of(
        Distance(offset) is { } at && (isWrite
            ? width == Width.Bits32 && at % 4 == 0 && at >= Lowest && at < Above
            : at % width.Bytes == 0 && Cells.ContainsKey(at & ~3)));

    public TermWord Read(TermWord offset, Width width)
    {
        var at = Distance(offset)!.Value;
        return new(Cells[at & ~3].Bits(8 * (at & 3), width.Bits));
    }

    public IMemoryObject Write(TermWord offset, TermWord value, Truth<TermWord> when)
    {
        var at = Distance(offset)!.Value;
        if (when.Term.IsTrue) return With(at, value.Term);

        // What is there where the condition fails is not known, so that nothing may be read of it later.
        return Cells.TryGetValue(at, out var before) ? With(at, Make.Choose(when.Term, value.Term, before)) : this;
    }

    private static int? Distance(TermWord offset) => offset.IsKnown(out var known) ? (int)(uint)known : null;
}
