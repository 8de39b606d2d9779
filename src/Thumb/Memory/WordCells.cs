using System.Collections.Immutable;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Thumb.Memory;

/// <summary>A known number of words of 32 bits, each a term of its own, so that what is stored comes back as the same term.</summary>
/// <remarks>
/// An access at an unknown offset is a choice among the offsets that it may have; where these are too many, it is
/// <see cref="UnknownPlace"/>.
/// </remarks>
public sealed class WordCells
{
    private const int MostChoices = 256;

    private readonly Func<int, Term> origin;
    private readonly ImmutableSortedDictionary<int, Term> written;

    private WordCells(uint length, Func<int, Term> origin, ImmutableSortedDictionary<int, Term> written)
    {
        Length = length;
        this.origin = origin;
        this.written = written;
    }

    /// <summary>Words by their numbers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="origin">The word with a number below the count, 32 bits; the same each time.</param>
    public static WordCells Of(int count, Func<int, Term> origin) => new(4 * (uint)count, origin, ImmutableSortedDictionary<int, Term>.Empty);

    /// <summary>Unknown words, each a variable named by the prefix and its offset in bytes.</summary>
    public static WordCells Variables(int count, string prefix) =>
        Of(count, index => Make.Variable(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{4 * index}"), 32));

    /// <summary>The number of bytes, a multiple of four.</summary>
    public uint Length { get; }

    /// <summary>The word with a number.</summary>
    public Term this[int index] => written.TryGetValue(index, out var word) ? word : origin(index);

    /// <summary>The numbers of the words that were written, ascending.</summary>
    public IEnumerable<int> Written => written.Keys;

    /// <summary>The cells with a word replaced.</summary>
    public WordCells With(int index, Term word) => new(Length, origin, written.SetItem(index, word));

    /// <summary>The little-endian word of 8, 16 or 32 bits at an offset of 32 bits; meaningful where it lies within.</summary>
    internal Term Read(Term offset, int bytes) => offset.IsConstant
        ? Read((uint)offset.Value, bytes)
        : Candidates(offset, bytes).Aggregate(
            Make.Constant(0, 8 * bytes), (value, at) => Make.Choose(offset.EqualTo(at), Read(at, bytes), value));

    /// <summary>The cells after a little-endian word is written at an offset where a condition holds.</summary>
    internal WordCells Write(Term offset, Term value, Term when) => offset.IsConstant
        ? Write((uint)offset.Value, value, when)
        : Candidates(offset, value.Width / 8).Aggregate(this, (cells, at) => cells.Write(at, value, when & offset.EqualTo(at)));

    /// <summary>The cells that are these where a condition holds, and others of the same length elsewhere.</summary>
    public WordCells Or(Term condition, WordCells others)
    {
        if (ReferenceEquals(this, others)) return this;
        if (!ReferenceEquals(origin, others.origin))
        {
            return Of((int)Length / 4, index => Make.Choose(condition, this[index], others[index]));
        }

        var merged = written;
        foreach (var index in written.Keys.Union(others.written.Keys))
            merged = merged.SetItem(index, Make.Choose(condition, this[index], others[index]));
        return new(Length, origin, merged);
    }

    private Term Read(uint offset, int bytes)
    {
        if (offset > Length || Length - offset < bytes) return Make.Constant(0, 8 * bytes);
        var within = (int)(offset % 4);
        var word = this[(int)(offset / 4)];
        if (within + bytes <= 4) return word.Bits(8 * within, 8 * bytes);
        var low = 4 - within;
        return Make.Concatenate(this[(int)(offset / 4) + 1].Bits(0, 8 * (bytes - low)), word.Bits(8 * within, 8 * low));
    }

    private WordCells Write(uint offset, Term value, Term when)
    {
        var bytes = value.Width / 8;
        if (when.IsFalse || offset > Length || Length - offset < bytes) return this;
        var (index, within) = ((int)(offset / 4), (int)(offset % 4));
        var here = Math.Min(bytes, 4 - within);
        var cells = With(index, Make.Choose(when, Replaced(this[index], within, value.Bits(0, 8 * here)), this[index]));
        if (here == bytes) return cells;
        var next = Replaced(this[index + 1], 0, value.Bits(8 * here, 8 * (bytes - here)));
        return cells.With(index + 1, Make.Choose(when, next, this[index + 1]));
    }

    private static Term Replaced(Term word, int within, Term part)
    {
        var result = part;
        if (within > 0) result = Make.Concatenate(result, word.Bits(0, 8 * within));
        var above = 32 - result.Width;
        return above > 0 ? Make.Concatenate(word.Bits(result.Width, above), result) : result;
    }

    // Those that are a multiple of what the offset is known to be one of.
    private IEnumerable<uint> Candidates(Term offset, int bytes)
    {
        var address = TermAddress.Of(offset);
        var stride = (uint)TermBounds.Stride(address.Symbolic);
        var first = address.Constant % stride;
        var last = Math.Min(Length - (uint)bytes, TermBounds.Most(offset));
        if ((last - first) / stride >= MostChoices) throw new UnknownPlace($"more than {MostChoices} places to choose from");
        for (var at = (ulong)first; at <= last; at += stride) yield return (uint)at;
    }
}
