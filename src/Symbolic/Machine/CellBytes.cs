using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Machine;

/// <summary>A known number of bytes, each a term of its own: no arrays, so that reads at known offsets stay simple.</summary>
/// <remarks>
/// Writes at known offsets replace cells. A write at an unknown offset begins a new layer, whose reads ask whether they
/// meet that write; so it costs nothing until something is read. A read at an unknown offset chooses among all cells.
/// </remarks>
public sealed class CellBytes : IBytes<TermWord>
{
    private readonly ulong length;
    private readonly Func<ulong, Term> origin;
    private readonly Scattered? below;
    private readonly ImmutableDictionary<ulong, Term> written;

    private CellBytes(ulong length, Func<ulong, Term> origin, Scattered? below, ImmutableDictionary<ulong, Term> written)
    {
        this.length = length;
        this.origin = origin;
        this.below = below;
        this.written = written;
    }

    /// <summary>Bytes by their offsets.</summary>
    /// <param name="length">How many.</param>
    /// <param name="origin">The byte at an offset below the length, 8 bits.</param>
    public static CellBytes Of(ulong length, Func<ulong, Term> origin) =>
        new(length, origin, null, ImmutableDictionary<ulong, Term>.Empty);

    /// <summary>Unknown bytes, each a variable named by the prefix and its offset.</summary>
    public static CellBytes Variables(ulong length, string prefix) => Of(length, offset => Variable(prefix, offset));

    /// <summary>The variable of a byte of <see cref="Variables"/>.</summary>
    public static Term Variable(string prefix, ulong offset) =>
        Make.Variable(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{offset}"), 8);

    public TermWord Read(TermWord offset, Width width)
    {
        var word = At(offset.Term, 0);
        for (ulong i = 1; i < (ulong)width.Bytes; i++) word = Make.Concatenate(At(offset.Term, i), word);
        return new(word);
    }

    public IBytes<TermWord> Write(TermWord offset, TermWord value, Truth<TermWord> when)
    {
        if (when.Term.IsFalse) return this;
        if (!offset.IsKnown(out var start))
            return new CellBytes(length, origin, new(this, offset.Term, value.Term, when.Term), ImmutableDictionary<ulong, Term>.Empty);

        var cells = written;
        for (ulong i = 0; i < (ulong)value.Width.Bytes; i++)
        {
            var at = unchecked(start + i);
            if (at >= length) continue;
            cells = cells.SetItem(at, Make.Choose(when.Term, Byte(value.Term, i), Cell(at)));
        }

        return new CellBytes(length, origin, below, cells);
    }

    /// <summary>The bytes that are these where a condition holds, and others of the same length elsewhere.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="others">The other bytes; of the same length.</param>
    public CellBytes Or(Term condition, CellBytes others)
    {
        if (ReferenceEquals(this, others)) return this;
        if (below != others.below || origin != others.origin)
        {
            Dictionary<ulong, Term> cells = [];
            return Of(length, Chosen);

            // What is read of a cell is the same each time, and may be much.
            Term Chosen(ulong offset) => cells.TryGetValue(offset, out var cell)
                ? cell
                : cells[offset] = Make.Choose(condition, Cell(offset), others.Cell(offset));
        }

        var merged = written;
        foreach (var offset in written.Keys.Union(others.written.Keys))
            merged = merged.SetItem(offset, Make.Choose(condition, Cell(offset), others.Cell(offset)));
        return new CellBytes(length, origin, below, merged);
    }

    /// <summary>How many bytes.</summary>
    public ulong Length => length;

    private static Term Byte(Term value, ulong index) => value.Bits((int)index * 8, 8);

    private static Term Zero => Make.Constant(0, 8);

    private Term At(Term offset, ulong distance)
    {
        var index = offset + Make.Constant(distance, 64);
        return index.IsConstant ? Cell((ulong)index.Value) : Unknown(index);
    }

    private Term Cell(ulong offset)
    {
        if (offset >= length) return Zero;
        if (written.TryGetValue(offset, out var cell)) return cell;
        return below is null ? origin(offset) : below.Over(Make.Constant(offset, 64), below.Bytes.Cell(offset));
    }

    private Term Unknown(Term index)
    {
        if (below is null) return Among(index, 0, System.Numerics.BitOperations.RoundUpToPowerOf2(Math.Max(length, 1)));
        var value = below.Over(index, below.Bytes.Unknown(index));
        foreach (var (offset, cell) in written.OrderBy(pair => pair.Key))
            value = Make.Choose(index.EqualTo(Make.Constant(offset, 64)), cell, value);
        return value;
    }

    // Chooses by the bits of the index, the highest first: halves of equal bytes vanish.
    private Term Among(Term index, ulong first, ulong count)
    {
        if (first >= length) return Zero;
        if (count == 1) return Cell(first);
        var half = count / 2;
        var bit = index.Bits(System.Numerics.BitOperations.Log2(half), 1);
        return Make.Choose(
            bit.EqualTo(1), Among(index, first + half, half), Among(index, first, half));
    }

    // A write at an unknown offset over older bytes.
    private sealed record Scattered(CellBytes Bytes, Term Offset, Term Value, Term When)
    {
        public Term Over(Term index, Term older)
        {
            var value = older;
            for (ulong i = 0; i < (ulong)Value.Width / 8; i++)
            {
                var here = (Offset + Make.Constant(i, 64)).EqualTo(index);
                value = Make.Choose(When & here, Byte(Value, i), value);
            }

            return value;
        }
    }
}
