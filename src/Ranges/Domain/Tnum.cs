using static RbpfSpec.Ranges.Domain.BitTricks;

namespace RbpfSpec.Ranges.Domain;

/// <summary>A set of words by their bits, a tristate number: each bit is zero, one or unknown.</summary>
/// <remarks>The words x with x &amp; ~mask = value. Well-formed if value &amp; mask = 0; every operation yields such.</remarks>
/// <param name="Value">The bits that are known to be one.</param>
/// <param name="Mask">The bits that are unknown.</param>
/// <typeparam name="T">The word.</typeparam>
public readonly partial record struct Tnum<T>(T Value, T Mask)
    where T : IWord<T>
{
    /// <summary>The number of bits of its members.</summary>
    public Width Width => Value.Width;

    /// <summary>The least member, unsigned.</summary>
    public T Least => Value;

    /// <summary>The greatest member, unsigned.</summary>
    public T Greatest => Value | Mask;

    /// <summary>The least member, signed.</summary>
    public T LeastSigned => Value | (Mask & T.LeastSigned(Width));

    /// <summary>The greatest member, signed.</summary>
    public T GreatestSigned => Value | (Mask & Complement(T.LeastSigned(Width)));

    /// <summary>Whether it has one member only.</summary>
    public Truth<T> IsConstant => T.IsZero(Mask);

    /// <summary>Whether no bit is both known and unknown.</summary>
    public Truth<T> IsWellFormed => T.IsZero(Value & Mask);

    /// <summary>The set of one word.</summary>
    public static Tnum<T> Constant(T value) => new(value, T.Zero(value.Width));

    /// <summary>The set of all words of a width.</summary>
    public static Tnum<T> Unknown(Width width) => new(T.Zero(width), Ones<T>(width));

    /// <summary>Whether a word is a member.</summary>
    public Truth<T> Contains(T word) => T.Same(word & Complement(Mask), Value);

    /// <summary>The best set that has all words from the lowest to the highest, unsigned.</summary>
    public static Tnum<T> FromInterval(T lowest, T highest)
    {
        var differing = Smear(lowest ^ highest);
        return new(lowest & Complement(differing), differing);
    }

    /// <summary>The best set that has all words of an arc.</summary>
    public static Tnum<T> FromArc(Arc<T> arc)
    {
        var wraps = arc.Wraps;
        if (wraps.IsKnown(out var known)) return known ? Around() : FromInterval(arc.Start, arc.End);
        return Choose(wraps, Around(), FromInterval(arc.Start, arc.End));

        Tnum<T> Around() => Join(FromInterval(arc.Start, Ones<T>(arc.Width)), FromInterval(T.Zero(arc.Width), arc.End));
    }

    /// <summary>One of two.</summary>
    public static Tnum<T> Choose(Truth<T> condition, Tnum<T> then, Tnum<T> otherwise) =>
        new(T.Choose(condition, then.Value, otherwise.Value), T.Choose(condition, then.Mask, otherwise.Mask));

    /// <summary>The least set that has the members of both.</summary>
    public static Tnum<T> Join(Tnum<T> left, Tnum<T> right)
    {
        var mask = (left.Value ^ right.Value) | left.Mask | right.Mask;
        return new(left.Value & Complement(mask), mask);
    }

    /// <summary>The members of both: empty exactly if there is none.</summary>
    public static MaybeEmpty<Tnum<T>, T> Meet(Tnum<T> left, Tnum<T> right)
    {
        var mask = left.Mask & right.Mask;
        var value = left.Value | right.Value;
        return new(new(value & Complement(mask), mask), !Overlap(left, right));
    }

    /// <summary>Whether there is a member of both.</summary>
    public static Truth<T> Overlap(Tnum<T> left, Tnum<T> right) =>
        T.IsZero((left.Value ^ right.Value) & Complement(left.Mask | right.Mask));

    /// <summary>Whether all members of this one are members of another.</summary>
    public Truth<T> IsIncludedIn(Tnum<T> other) =>
        T.IsZero(Mask & Complement(other.Mask)) & T.Same(Value & Complement(other.Mask), other.Value);

    /// <summary>The first member from a word on upwards, around the end of all words if there is none before.</summary>
    public T FirstFrom(T word)
    {
        // The known bits put into the word: equal, it is a member; greater, the free bits below the highest that rose
        // are cleared; less, a free bit above the highest that fell has to rise by a carry through all known bits.
        var candidate = Value | (word & Mask);
        var isMember = T.Same(candidate, word);
        if (isMember.IsKnown(out var known) && known) return word;
        var rose = Smear(Complement(word) & Value);
        var above = (word & Complement(rose)) | (Value & rose);
        var fell = Smear(word & Complement(Value) & Complement(Mask));
        var carried = (((word & Mask) | Complement(Mask)) & Complement(fell)) + fell + One<T>(Width);
        var below = (carried & Mask) | Value;
        return T.Choose(
            isMember, word, T.Choose(T.LessUnsigned(word, candidate), above & (Value | Mask), below));
    }

    /// <summary>The first member from a word on downwards, around the end of all words if there is none before.</summary>
    public T LastUntil(T word) => Complement(Not(this).FirstFrom(Complement(word)));

    /// <summary>The bits from the highest, as in <c>0b01x</c>, leading zeros left out; of one member, the number.</summary>
    public override string ToString()
    {
        if (!Value.IsKnown(out var value) || !Mask.IsKnown(out var mask)) return $"({Value}, {Mask})";
        if (mask == 0) return $"0x{value:x}";
        var digits = Enumerable.Range(0, Width.Bits).Reverse()
            .Select(bit => ((mask >> bit) & 1) != 0 ? 'x' : ((value >> bit) & 1) != 0 ? '1' : '0');
        return $"0b{string.Concat(digits).TrimStart('0')}";
    }
}
