namespace RbpfSpec.Rocq.Terms;

/// <summary>A word as an expression of Rocq over <c>Z</c>: the domain in which a rule is exported.</summary>
/// <remarks>
/// The number of a word is never negative and below 2^width, so that extending it with zeros is nothing. What is known
/// is computed by the words of the semantics. The operations are those of <c>Words.v</c>.
/// </remarks>
internal sealed record RocqWord : IWord<RocqWord>
{
    private RocqWord(RocqTerm term, Width width) => (Term, Width) = (term, width);

    /// <summary>The expression.</summary>
    public RocqTerm Term { get; }

    public Width Width { get; }

    // What was extended by its sign, so that the low bits can be taken of it.
    private RocqWord? Extended { get; init; }

    /// <summary>A word of a term.</summary>
    public static RocqWord Of(RocqTerm term, Width width) => new(term, width);

    /// <summary>A word that the text knows by a name.</summary>
    public static RocqWord Named(string name, Width width) => new(Called(name), width);

    /// <summary>A word that an operation makes of terms.</summary>
    public static RocqWord Of(Width width, string shape, params ReadOnlySpan<RocqTerm> operands) =>
        new(new RocqTerm.Apply(shape, Sequence.Of(operands)), width);

    public bool IsKnown(out ulong value)
    {
        value = Term is RocqTerm.Number(var number) ? number : 0;
        return Term is RocqTerm.Number;
    }

    public static RocqWord Constant(ulong value, Width width) => new(new RocqTerm.Number(value & width.Mask), width);

    public static RocqWord operator +(RocqWord left, RocqWord right) =>
        Applied("add {0} {1} {2}", left, right, static (one, other) => one + other);

    public static RocqWord operator -(RocqWord left, RocqWord right) =>
        Applied("sub {0} {1} {2}", left, right, static (one, other) => one - other);

    public static RocqWord operator *(RocqWord left, RocqWord right) =>
        Applied("mul {0} {1} {2}", left, right, static (one, other) => one * other);

    public static RocqWord operator &(RocqWord left, RocqWord right) =>
        Applied("Z.land {1} {2}", left, right, static (one, other) => one & other);

    public static RocqWord operator |(RocqWord left, RocqWord right) =>
        Applied("Z.lor {1} {2}", left, right, static (one, other) => one | other);

    public static RocqWord operator ^(RocqWord left, RocqWord right) =>
        Applied("Z.lxor {1} {2}", left, right, static (one, other) => one ^ other);

    public static RocqWord ShiftLeft(RocqWord value, RocqWord amount) => Applied("shl {0} {1} {2}", value, amount, Word.ShiftLeft);

    public static RocqWord ShiftRightLogical(RocqWord value, RocqWord amount) =>
        Applied("lshr {0} {1} {2}", value, amount, Word.ShiftRightLogical);

    public static RocqWord ShiftRightArithmetic(RocqWord value, RocqWord amount) =>
        Applied("ashr {0} {1} {2}", value, amount, Word.ShiftRightArithmetic);

    public static RocqWord DivideUnsigned(RocqWord dividend, RocqWord divisor) =>
        Applied("udiv {0} {1} {2}", dividend, divisor, Word.DivideUnsigned);

    public static RocqWord RemainderUnsigned(RocqWord dividend, RocqWord divisor) =>
        Applied("urem {0} {1} {2}", dividend, divisor, Word.RemainderUnsigned);

    public static RocqWord DivideSigned(RocqWord dividend, RocqWord divisor) =>
        Applied("sdiv {0} {1} {2}", dividend, divisor, Word.DivideSigned);

    public static RocqWord RemainderSigned(RocqWord dividend, RocqWord divisor) =>
        Applied("srem {0} {1} {2}", dividend, divisor, Word.RemainderSigned);

    public static Truth<RocqWord> Same(RocqWord left, RocqWord right) => Compared("{1} =? {2}", left, right, Word.Same);

    public static Truth<RocqWord> LessUnsigned(RocqWord left, RocqWord right) => Compared("{1} <? {2}", left, right, Word.LessUnsigned);

    public static Truth<RocqWord> LessSigned(RocqWord left, RocqWord right) =>
        Compared("less_signed {0} {1} {2}", left, right, Word.LessSigned);

    public static Truth<RocqWord> TruthOf(bool value) => TruthOf(new RocqTerm.Truth(value));

    /// <summary>The truth value of a term.</summary>
    public static Truth<RocqWord> TruthOf(RocqTerm term) => new(new RocqWord(term, Width.Bits1));

    /// <summary>A truth value that the text knows by a name.</summary>
    public static Truth<RocqWord> NamedTruth(string name) => TruthOf(Called(name));

    public static bool IsTruthKnown(Truth<RocqWord> truth, out bool value)
    {
        value = truth.Term is RocqTerm.Truth(true);
        return truth.Term is RocqTerm.Truth;
    }

    public static Truth<RocqWord> Not(Truth<RocqWord> operand)
    {
        if (operand.Term is RocqTerm.Truth(var value)) return TruthOf(!value);
        return operand.Term is RocqTerm.Apply(Shape.Not, [var inner]) ? TruthOf(inner) : Truth(Shape.Not, operand.Term);
    }

    public static Truth<RocqWord> And(Truth<RocqWord> left, Truth<RocqWord> right) => (left.Term, right.Term) switch
    {
        (RocqTerm.Truth(false), _) or (_, RocqTerm.Truth(true)) => left,
        (_, RocqTerm.Truth(false)) or (RocqTerm.Truth(true), _) => right,
        var (one, other) => Truth(Shape.And, one, other),
    };

    public static Truth<RocqWord> Or(Truth<RocqWord> left, Truth<RocqWord> right) => (left.Term, right.Term) switch
    {
        (RocqTerm.Truth(true), _) or (_, RocqTerm.Truth(false)) => left,
        (_, RocqTerm.Truth(true)) or (RocqTerm.Truth(false), _) => right,
        var (one, other) => Truth(Shape.Or, one, other),
    };

    public static RocqWord Choose(Truth<RocqWord> condition, RocqWord then, RocqWord otherwise)
    {
        if (condition.IsKnown(out var known)) return known ? then : otherwise;
        return then.Term == otherwise.Term
            ? then
            : Of(then.Width, "if {0} then {1} else {2}", condition.Term, then.Term, otherwise.Term);
    }

    public RocqWord Slice(int lowest, Width width)
    {
        if (Term is RocqTerm.Number(var value)) return Constant(value >> lowest, width);
        if (lowest == 0 && width == Width) return this;
        if (lowest == 0 && Extended is { } inner && width <= inner.Width) return inner.Slice(0, width);
        return lowest == 0 ? Of(width, $"low {width.Bits} {{0}}", Term) : Of(width, $"slice {lowest} {width.Bits} {{0}}", Term);
    }

    public RocqWord Low(Width width) => Slice(0, width);

    public RocqWord ZeroExtend(Width width) => new(Term, width);

    public RocqWord SignExtend(Width width)
    {
        if (width == Width) return this;
        return IsKnown(out var value)
            ? Constant(Word.Wrap(value, Width).SignExtend(width).Value, width)
            : Of(width, $"sign_extend {Width.Bits} {width.Bits} {{0}}", Term) with { Extended = this };
    }

    public RocqWord ReverseBytes() => IsKnown(out var value)
        ? Constant(Word.Wrap(value, Width).ReverseBytes().Value, Width)
        : Of(Width, $"reverse_bytes {Width.Bits} {{0}}", Term);

    /// <summary>The term that a name of one word, or of several, stands for.</summary>
    internal static RocqTerm Called(string name) =>
        name.Contains(' ', StringComparison.Ordinal) ? new RocqTerm.Apply(name, []) : new RocqTerm.Name(name);

    private static Truth<RocqWord> Truth(string shape, params ReadOnlySpan<RocqTerm> operands) =>
        TruthOf(new RocqTerm.Apply(shape, Sequence.Of(operands)));

    private static bool Both(RocqWord left, RocqWord right, out Word one, out Word other)
    {
        var known = left.IsKnown(out var first) & right.IsKnown(out var second);
        one = Word.Wrap(first, left.Width);
        other = Word.Wrap(second, right.Width);
        return known;
    }

    private static RocqWord Applied(string shape, RocqWord left, RocqWord right, Func<Word, Word, Word> known) =>
        Both(left, right, out var one, out var other)
            ? Constant(known(one, other).Value, left.Width)
            : Of(left.Width, shape, WidthOf(left), left.Term, right.Term);

    private static Truth<RocqWord> Compared(string shape, RocqWord left, RocqWord right, Func<Word, Word, Truth<Word>> known) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(known(one, other).Value)
            : Truth(shape, WidthOf(left), left.Term, right.Term);

    private static RocqTerm.Name WidthOf(RocqWord word) =>
        new(word.Width.Bits.ToString(System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>Truth values as expressions of Rocq.</summary>
internal static class RocqTruths
{
    extension(Truth<RocqWord> truth)
    {
        /// <summary>The expression.</summary>
        public RocqTerm Term => truth.Representation.Term;
    }
}
