using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Words;

/// <summary>An abstract word of a range analysis: the set of all words that a register may have. Rules run on it.</summary>
/// <remarks>
/// It stands for the words base + x, where x is one of <see cref="Values"/> and satisfies the <see cref="Link"/>. Each operation
/// yields a word that stands for all results on what the operands stand for, and perhaps for more. A truth value that is not
/// known may be either; <see cref="Narrowing"/> says what it tells of the words that it was made of.
/// </remarks>
public sealed partial class RangeWord : IWord<RangeWord>, IEquatable<RangeWord>
{
    private const int Smalls = 16;
    private const int Slots = 1024;
    private static readonly RangeWord?[] Small = new RangeWord?[(Width.MostBits + 1) * Smalls];
    private static readonly RangeWord?[] Wide = new RangeWord?[Slots];
    private UnsignedBounds? bounds;

    private RangeWord(ValueRange<Word> values, MemoryBase? @base = null, Link? link = null, Origin? origin = null) =>
        (Values, Base, Link, Origin) = (values, @base, link, origin);

    /// <summary>The values; of a word relative to some memory, its offsets in bytes.</summary>
    public ValueRange<Word> Values { get; }

    /// <summary>The memory that it is relative to, of 64 bits then; null of a number.</summary>
    public MemoryBase? Base { get; }

    /// <summary>The equation with a value that has a number, if there is one.</summary>
    public Link? Link { get; }

    /// <summary>How it was made, if that may tell something later.</summary>
    public Origin? Origin { get; }

    public Width Width => Values.Width;

    /// <summary>The least value, unsigned.</summary>
    public ulong Least => Bounds.Least;

    /// <summary>The greatest value, unsigned.</summary>
    public ulong Greatest => Bounds.Greatest;

    // Asked for often, and not that cheap.
    private UnsignedBounds Bounds => bounds ??= new(Values.Least.Value, Values.Greatest.Value);

    /// <summary>Whether it is one number.</summary>
    public bool IsKnown(out ulong value)
    {
        value = Values.Arc.Start.Value;
        return Base is null && Values.Arc.Span.Value == 0;
    }

    /// <summary>A number of which nothing is known.</summary>
    public static RangeWord Any(Width width) => new(ValueRange<Word>.Any(width));

    /// <summary>A number that is one of a set.</summary>
    public static RangeWord Of(ValueRange<Word> values) => new(values);

    /// <summary>A number of 64 bits from the lowest to the highest, unsigned; around the end if the highest is less.</summary>
    public static RangeWord Between(ulong lowest, ulong highest) => new(ValueRange<Word>.Between(Word.Of(lowest), Word.Of(highest)));

    /// <summary>The address at an offset, one of a set of words of 64 bits, from the start of some memory.</summary>
    /// <exception cref="ArgumentException">The offsets are of another width.</exception>
    public static RangeWord At(MemoryBase @base, ValueRange<Word> offsets) => offsets.Width == Width.Bits64
        ? new(offsets, @base)
        : throw new ArgumentException($"offsets of {offsets.Width}", nameof(offsets));

    /// <summary>The address at an offset from the start of some memory.</summary>
    public static RangeWord At(MemoryBase @base, ulong offset) => At(@base, ValueRange<Word>.Constant(Word.Of(offset)));

    // Most that rules make are small, or the number of a slot, and made again and again.
    public static RangeWord Constant(ulong value, Width width) =>
        value < Smalls ? Small[(width.Bits * Smalls) + (int)value] ??= One(value, width)
        : value < Slots && width == Width.Bits64 ? Wide[value] ??= One(value, width)
        : One(value, width);

    private static RangeWord One(ulong value, Width width) => new(ValueRange<Word>.Constant(Word.Wrap(value, width)));

    /// <summary>The same word with other values: to be used where they are found to be no others.</summary>
    public RangeWord With(ValueRange<Word> values) => new(values, Base, Link, Origin);

    /// <summary>The same word with an equation with a value: to be used where it is found to hold, or claimed.</summary>
    public RangeWord With(Link link) => new(Values, Base, link);

    /// <summary>The same word as a value with a number, of 64 bits; itself where it has a link or is one number or address.</summary>
    /// <remarks>How it was made is forgotten.</remarks>
    public RangeWord Numbered(long value) => Link is null && !IsOne && Width == Width.Bits64
        ? new(Values, Base, new(value, 1, 0))
        : new(Values, Base, Link);

    /// <summary>The same word without how it was made.</summary>
    public RangeWord WithoutOrigin() => Origin is null ? this : new(Values, Base, Link);

    /// <summary>The same word without what it has to do with other values.</summary>
    public RangeWord WithoutLink() => Link is null ? this : new(Values, Base, null, Origin);

    /// <summary>Whether every word that this one stands for is one that the other stands for.</summary>
    /// <remarks>Where the other has a link, this one must have the same.</remarks>
    public bool IsIncludedIn(RangeWord other) =>
        (other.Base is null && other.Link is null && other.Values.Arc.IsFull.Value && other.Values.Bits.Mask.Value == Width.Mask)
        || (Equals(Base, other.Base)
            && (other.Link is null || other.Link == Link)
            && Values.IsIncludedIn(other.Values).Value);

    /// <summary>A word that stands for all that either stands for.</summary>
    public static RangeWord Join(RangeWord left, RangeWord right) =>
        ReferenceEquals(left, right) ? left
        : !Equals(left.Base, right.Base) ? Any(left.Width)
        : new(ValueRange<Word>.Join(left.Values, right.Values), left.Base, left.Link == right.Link ? left.Link : null);

    /// <summary>A word that stands for all that both stand for; null if there is none.</summary>
    /// <remarks>Of a number and an address it is the first: a number may be an address.</remarks>
    public static RangeWord? Meet(RangeWord left, RangeWord right)
    {
        if (!Equals(left.Base, right.Base)) return left;
        var both = ValueRange<Word>.Meet(left.Values, right.Values);
        return both.IsEmpty.Value ? null : new(both.Set, left.Base, left.Link ?? right.Link, left.Origin ?? right.Origin);
    }

    /// <summary>
    /// A word that stands for all that this one or the next stands for, and that can only be widened so often as there are thresholds
    /// and bits: an end of the arc that moved goes on to the next threshold, or around the circle if there is none.
    /// </summary>
    /// <param name="next">The word of the next round.</param>
    /// <param name="thresholds">Values that ends of arcs may stop at; of any order.</param>
    public RangeWord Widen(RangeWord next, IReadOnlyList<ulong> thresholds)
    {
        var both = Join(this, next);
        if (!Equals(both.Base, Base)) return both;
        var (was, now) = (Values.Arc, both.Values.Arc);
        if (was == now || now.IsFull.Value) return both;
        var mask = Width.Mask;
        var down = was.Start == now.Start ? 0 : Distance(threshold => now.Start.Value - threshold);
        var up = was.End == now.End ? 0 : Distance(threshold => threshold - now.End.Value);
        var span = (UInt128)now.Span.Value + down + up;
        var arc = span >= mask
            ? Arc<Word>.Full(Width)
            : new(Word.Wrap(now.Start.Value - down, Width), Word.Wrap((ulong)span, Width));
        return new(new(both.Values.Bits, arc), both.Base, both.Link);

        ulong Distance(Func<ulong, ulong> to) => thresholds.Select(threshold => to(threshold) & mask).DefaultIfEmpty(mask).Min();
    }

    public bool Equals(RangeWord? other) =>
        other is not null && Values == other.Values && Equals(Base, other.Base) && Link == other.Link;

    public override bool Equals(object? obj) => Equals(obj as RangeWord);

    public override int GetHashCode() => HashCode.Combine(Values, Base, Link);

    /// <summary>As in <c>[0, 92] 0bxxxxx00</c>, <c>region 1 + [0, 8]</c> or <c>frame 0 + 512</c>, with the link if there is one.</summary>
    public override string ToString() =>
        $"{(Base is null ? "" : $"{Base} + ")}{Values}{(Link is { } link ? $" = {link}" : "")}";

    private bool IsOne => Values.Arc.Span.Value == 0;

    private sealed record UnsignedBounds(ulong Least, ulong Greatest);
}
