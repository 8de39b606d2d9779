using RbpfSpec.Ranges.Words;

namespace RbpfSpec.Ranges.Analysis;

/// <summary>The known bytes of a stack frame: words at offsets, and bytes that are still zero; a persistent value.</summary>
public sealed class FrameCells
{
    private readonly Cell[] cells;
    private readonly ulong[] zeros;

    private FrameCells(Cell[] cells, ulong[] zeros) => (this.cells, this.zeros) = (cells, zeros);

    /// <summary>A word of whole bytes at an offset in bytes.</summary>
    public readonly record struct Cell(int Offset, RangeWord Word)
    {
        /// <summary>The offset of the first byte behind it.</summary>
        public int End => Offset + Word.Width.Bytes;
    }

    /// <summary>The cells, in ascending order of offset; no two overlap.</summary>
    public ReadOnlySpan<Cell> Cells => cells;

    /// <summary>A bit for each byte that is zero, 64 in a word, the lowest first.</summary>
    public ReadOnlySpan<ulong> Zeros => zeros;

    /// <summary>A new frame of so many bytes: all are zero.</summary>
    public static FrameCells Fresh(int bytes)
    {
        var all = new ulong[(bytes + 63) / 64];
        Array.Fill(all, ulong.MaxValue);
        return new([], all);
    }

    /// <summary>A frame of cells and of zero bytes.</summary>
    public static FrameCells Of(IEnumerable<Cell> cells, ReadOnlySpan<ulong> zeros) =>
        new([.. cells.OrderBy(static cell => cell.Offset)], zeros.ToArray());

    /// <summary>Whether another frame has the same words and zeros.</summary>
    public bool IsSame(FrameCells other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) || (Zeros.SequenceEqual(other.Zeros) && Cells.SequenceEqual(other.Cells));
    }

    /// <summary>The word at an offset; null if nothing is known of it.</summary>
    public RangeWord? Read(int offset, Width width)
    {
        var end = offset + width.Bytes;
        foreach (var cell in cells)
        {
            if (cell.End <= offset || cell.Offset >= end) continue;
            if (cell.Offset > offset || cell.End < end) return Gathered(offset, width);
            return cell.Word.Width == width ? cell.Word : cell.Word.Slice((offset - cell.Offset) * 8, width);
        }

        return AreZero(offset, end) ? RangeWord.Constant(0, width) : null;
    }

    // The word at an offset of which parts are in several cells, or zero: null if nothing is known of one.
    private RangeWord? Gathered(int offset, Width width)
    {
        var end = offset + width.Bytes;
        var word = RangeWord.Constant(0, width);
        for (var at = offset; at < end;)
        {
            if (IsZero(at))
            {
                at++;
                continue;
            }

            var index = Array.FindIndex(cells, cell => cell.Offset <= at && cell.End > at);
            if (index < 0) return null;
            var until = Math.Min(cells[index].End, end);
            var part = Part(cells[index], at, until - at).ZeroExtend(width);
            word |= RangeWord.ShiftLeft(part, RangeWord.Constant((ulong)(at - offset) * 8, width));
            at = until;
        }

        return word.WithoutOrigin();
    }

    private static RangeWord Part(Cell cell, int offset, int bytes) =>
        cell.Word.Slice((offset - cell.Offset) * 8, Width.Of(8 * bytes));

    /// <summary>Whether every byte of a part is zero, without a cell.</summary>
    public bool AreZero(int offset, int end)
    {
        for (var at = offset; at < end; at++)
        {
            if (!IsZero(at)) return false;
        }

        return true;
    }

    /// <summary>The frame after a word is written at an offset.</summary>
    public FrameCells Write(int offset, RangeWord word)
    {
        var rest = Forget(offset, offset + word.Width.Bytes);
        return new(
            [.. rest.cells.Where(cell => cell.Offset < offset), new(offset, word), .. rest.cells.Where(cell => cell.Offset > offset)],
            rest.zeros);
    }

    /// <summary>The frame after anything may have been written to some of its bytes, from an offset up to before another.</summary>
    public FrameCells Forget(int offset, int end)
    {
        var zeroes = (ulong[])zeros.Clone();
        for (var at = Math.Max(offset, 0); at < end && at / 64 < zeroes.Length; at++) zeroes[at / 64] &= ~(1UL << (at % 64));
        List<Cell> rest = new(cells.Length);
        foreach (var cell in cells)
        {
            if (cell.End <= offset || cell.Offset >= end)
            {
                rest.Add(cell);
                continue;
            }

            AddParts(rest, cell, cell.Offset, Math.Min(offset, cell.End));
            AddParts(rest, cell, Math.Max(end, cell.Offset), cell.End);
        }

        return new([.. rest], zeroes);
    }

    // What is left of a cell, in parts of as many bytes as an access may have, each at a multiple of that.
    private static void AddParts(List<Cell> rest, Cell cell, int from, int until)
    {
        while (from < until)
        {
            var bytes = 4;
            while (from % bytes != 0 || from + bytes > until) bytes /= 2;
            var part = Part(cell, from, bytes);

            // Where the value goes, what a part was made of goes with it; else it would tell of what is no more.
            if (part.Link is null) part = part.WithoutOrigin();
            if (part.Link is not null || !RangeWord.Any(part.Width).IsIncludedIn(part)) rest.Add(new(from, part));
            from += bytes;
        }
    }

    /// <summary>The frame with each word replaced; null if there is none for one.</summary>
    public FrameCells? Map(Func<RangeWord, RangeWord?> function)
    {
        Cell[]? copy = null;
        for (var i = 0; i < cells.Length; i++)
        {
            var word = function(cells[i].Word);
            if (word is null) return null;
            if (ReferenceEquals(word, cells[i].Word)) continue;
            copy ??= [.. cells];
            copy[i] = new(cells[i].Offset, word);
        }

        return copy is null ? this : new(copy, zeros);
    }

    private bool IsZero(int at) => at / 64 < zeros.Length && (zeros[at / 64] & (1UL << (at % 64))) != 0;
}
