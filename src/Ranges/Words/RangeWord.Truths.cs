using RbpfSpec.Ranges.Domain;

namespace RbpfSpec.Ranges.Words;

public sealed partial class RangeWord
{
    public static Truth<RangeWord> Same(RangeWord left, RangeWord right)
    {
        if (AreSame(left, right)) return TruthOf(true);
        if (!Equals(left.Base, right.Base)) return Compared(Relation.Same, left, right);
        if (Shift(left, right) is { } distance) return TruthOf((distance & left.Width.Mask) == 0);
        return Decide(ValueRange<Word>.Same(left.Values, right.Values), Relation.Same, left, right);
    }

    public static Truth<RangeWord> LessUnsigned(RangeWord left, RangeWord right)
    {
        if (AreSame(left, right)) return TruthOf(false);
        return AreInOrder(left, right)
            ? Decide(ValueRange<Word>.LessUnsigned(left.Values, right.Values), Relation.LessUnsigned, left, right)
            : Compared(Relation.LessUnsigned, left, right);
    }

    public static Truth<RangeWord> LessSigned(RangeWord left, RangeWord right)
    {
        if (AreSame(left, right)) return TruthOf(false);
        return left.Base is null && right.Base is null
            ? Decide(ValueRange<Word>.LessSigned(left.Values, right.Values), Relation.LessSigned, left, right)
            : Compared(Relation.LessSigned, left, right);
    }

    /// <summary>Whether the order of two is that of their values: of numbers, and of addresses that do not wrap around.</summary>
    internal static bool AreInOrder(RangeWord left, RangeWord right) =>
        Equals(left.Base, right.Base)
        && (left.Base is not { Extent: var extent }
            || (left.Values.Greatest.Value <= extent && right.Values.Greatest.Value <= extent));

    // Truth values are numbers of one bit.
    private static readonly RangeWord False = Constant(0, Width.Bits1);
    private static readonly RangeWord True = Constant(1, Width.Bits1);

    public static Truth<RangeWord> TruthOf(bool value) => new(value ? True : False);

    public static bool IsTruthKnown(Truth<RangeWord> truth, out bool value)
    {
        var isKnown = truth.Representation.IsKnown(out var bit);
        value = bit != 0;
        return isKnown;
    }

    public static Truth<RangeWord> Not(Truth<RangeWord> operand) => IsTruthKnown(operand, out var value)
        ? TruthOf(!value)
        : Unknown(new Origin.Negated(operand));

    public static Truth<RangeWord> And(Truth<RangeWord> left, Truth<RangeWord> right)
    {
        if (IsTruthKnown(left, out var value)) return value ? right : left;
        if (IsTruthKnown(right, out value)) return value ? left : right;
        return Unknown(new Origin.BothOf(left, right));
    }

    public static Truth<RangeWord> Or(Truth<RangeWord> left, Truth<RangeWord> right)
    {
        if (IsTruthKnown(left, out var value)) return value ? left : right;
        if (IsTruthKnown(right, out value)) return value ? right : left;
        return Unknown(new Origin.EitherOf(left, right));
    }

    public static RangeWord Choose(Truth<RangeWord> condition, RangeWord then, RangeWord otherwise)
    {
        if (IsTruthKnown(condition, out var value)) return value ? then : otherwise;
        var both = Join(then, otherwise);
        return new(both.Values, both.Base, both.Link, new Origin.Choice(condition, then, otherwise));
    }

    /// <summary>A truth value of which nothing is known.</summary>
    public static Truth<RangeWord> Undecided { get; } = new(Any(Width.Bits1));

    private static Truth<RangeWord> Unknown(Origin origin) => new(new RangeWord(ValueRange<Word>.Any(Width.Bits1), null, null, origin));

    private static Truth<RangeWord> Compared(Relation relation, RangeWord left, RangeWord right) =>
        Unknown(new Origin.Compared(relation, left, right));

    private static Truth<RangeWord> Decide(Decision<Word> decision, Relation relation, RangeWord left, RangeWord right) =>
        !decision.CanHold.Value ? TruthOf(false)
        : !decision.CanFail.Value ? TruthOf(true)
        : Compared(relation, left, right);

    // The distance between two words that are as many times one value.
    private static ulong? Shift(RangeWord left, RangeWord right) =>
        left.Link is { } one && right.Link is { } other && one.Value == other.Value && one.Scale == other.Scale
            ? one.Offset - other.Offset
            : null;
}
