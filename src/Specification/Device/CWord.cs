using System.Numerics;
using Concrete = RbpfSpec.Words.Word;

namespace RbpfSpec.Specification.Device;

/// <summary>A word as an expression of C over unsigned integers of its width: the domain in which a rule is compiled for devices.</summary>
/// <remarks>
/// A word of 8, 16, 32 or 64 bits has the type of that width; <see cref="Bits"/> tells how many of its low bits can be
/// set. What is known is computed by the words of the semantics. Arithmetic is of 32 and 64 bits, so that no operand is
/// promoted to a signed type. What C leaves open and gcc and clang define is taken from them: the conversion of a large
/// unsigned number to a signed type, and the shift of a negative one.
/// </remarks>
internal sealed record CWord : IWord<CWord>
{
    private CWord(CTerm term, Width width, int bits)
    {
        Term = term;
        Width = width;
        Bits = Math.Min(bits, width.Bits);
    }

    /// <summary>The expression.</summary>
    public CTerm Term { get; }

    public Width Width { get; }

    /// <summary>How many low bits of the number can be set.</summary>
    private int Bits { get; }

    // What was extended, so that a slice can take the extension back.
    private CWord? Extended { get; init; }

    // What it is, extended by its sign to 64 bits, if that has a name.
    private CWord? SignExtended { get; init; }

    /// <summary>A parameter of a width.</summary>
    public static CWord Named(string name, Width width) => Of(new CTerm.Name(name), width);

    /// <summary>The low bits of a parameter of 64 bits that is known to be those bits, extended by their sign.</summary>
    public static CWord LowOf(CWord extended, Width width) => extended.Low(width) with { SignExtended = extended };

    public bool IsKnown(out ulong value)
    {
        value = Term is CTerm.Number(var number) ? number : 0;
        return Term is CTerm.Number;
    }

    public static CWord Constant(ulong value, Width width) => new(new CTerm.Number(value & width.Mask), width, width.Bits);

    public static CWord operator +(CWord left, CWord right) =>
        IsZero(left) ? right : IsZero(right) ? left : Arithmetic("({0} + {1})", left, right, static (one, other) => one + other);

    public static CWord operator -(CWord left, CWord right) =>
        IsZero(right) ? left : Arithmetic("({0} - {1})", left, right, static (one, other) => one - other);

    public static CWord operator *(CWord left, CWord right) => Arithmetic("({0} * {1})", left, right, static (one, other) => one * other);

    public static CWord operator &(CWord left, CWord right) =>
        IsZero(left) ? left : IsZero(right) ? right
        : Apply("({0} & {1})", left, right, static (one, other) => one & other, Math.Min(BitsOf(left), BitsOf(right)));

    public static CWord operator |(CWord left, CWord right) =>
        Apply("({0} | {1})", left, right, static (one, other) => one | other, Math.Max(left.Bits, right.Bits));

    public static CWord operator ^(CWord left, CWord right) =>
        Apply("({0} ^ {1})", left, right, static (one, other) => one ^ other, Math.Max(left.Bits, right.Bits));

    public static CWord ShiftLeft(CWord value, CWord amount) => Shift("({0} << {1})", value, amount, Concrete.ShiftLeft);

    public static CWord ShiftRightLogical(CWord value, CWord amount) => Shift("({0} >> {1})", value, amount, Concrete.ShiftRightLogical);

    public static CWord ShiftRightArithmetic(CWord value, CWord amount) =>
        Shift($"(uint{value.Width.Bits}_t)((int{value.Width.Bits}_t){{0}} >> {{1}})", value, amount, Concrete.ShiftRightArithmetic);

    public static CWord DivideUnsigned(CWord dividend, CWord divisor) =>
        Divide("rbpf_divide", dividend, divisor, Concrete.DivideUnsigned);

    public static CWord RemainderUnsigned(CWord dividend, CWord divisor) =>
        Divide("rbpf_modulo", dividend, divisor, Concrete.RemainderUnsigned);

    public static CWord DivideSigned(CWord dividend, CWord divisor) =>
        Divide("rbpf_divide_signed", dividend, divisor, Concrete.DivideSigned);

    public static CWord RemainderSigned(CWord dividend, CWord divisor) =>
        Divide("rbpf_modulo_signed", dividend, divisor, Concrete.RemainderSigned);

    public static Truth<CWord> Same(CWord left, CWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.Same(one, other).Value)
            : TruthOf(new CTerm.Same(left.Term, right.Term));

    public static Truth<CWord> LessUnsigned(CWord left, CWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.LessUnsigned(one, other).Value)
            : TruthOf(new CTerm.Apply("({0} < {1})", [left.Term, right.Term]));

    public static Truth<CWord> LessSigned(CWord left, CWord right) =>
        Both(left, right, out var one, out var other)
            ? TruthOf(Concrete.LessSigned(one, other).Value)
            : TruthOf(new CTerm.Apply(
                $"((int{left.Width.Bits}_t){{0}} < (int{left.Width.Bits}_t){{1}})", [left.Term, right.Term]));

    public static Truth<CWord> TruthOf(bool value) => TruthOf(new CTerm.Truth(value));

    /// <summary>The truth value of a term.</summary>
    public static Truth<CWord> TruthOf(CTerm term) => new(new CWord(term, Width.Bits1, 1));

    public static bool IsTruthKnown(Truth<CWord> truth, out bool value)
    {
        value = truth.Term is CTerm.Truth(true);
        return truth.Term is CTerm.Truth;
    }

    public static Truth<CWord> Not(Truth<CWord> operand)
    {
        if (operand.Term is CTerm.Truth(var value)) return TruthOf(!value);
        return TruthOf(operand.Term is CTerm.Not(var inner) ? inner : new CTerm.Not(operand.Term));
    }

    public static Truth<CWord> And(Truth<CWord> left, Truth<CWord> right) => (left.Term, right.Term) switch
    {
        (CTerm.Truth(false), _) or (_, CTerm.Truth(true)) => left,
        (_, CTerm.Truth(false)) or (CTerm.Truth(true), _) => right,
        var (one, other) => TruthOf(new CTerm.Apply("({0} && {1})", [one, other])),
    };

    public static Truth<CWord> Or(Truth<CWord> left, Truth<CWord> right) => (left.Term, right.Term) switch
    {
        (CTerm.Truth(true), _) or (_, CTerm.Truth(false)) => left,
        (_, CTerm.Truth(true)) or (CTerm.Truth(false), _) => right,
        var (one, other) => TruthOf(new CTerm.Apply("({0} || {1})", [one, other])),
    };

    public static CWord Choose(Truth<CWord> condition, CWord then, CWord otherwise)
    {
        if (condition.IsKnown(out var known)) return known ? then : otherwise;
        if (then.Term == otherwise.Term) return then;
        return new(
            new CTerm.Choice(condition.Term, then.Term, otherwise.Term), then.Width, Math.Max(then.Bits, otherwise.Bits));
    }

    public CWord Slice(int lowest, Width width)
    {
        if (Term is CTerm.Number(var value)) return Constant(value >> lowest, width);
        if (lowest == 0 && width == Width) return this;
        if (lowest == 0 && Extended is { } inner && width <= inner.Width) return inner.Slice(0, width);
        var type = TypeOf(width);
        return Of(new CTerm.Apply(lowest == 0 ? $"({type}){{0}}" : $"({type})({{0}} >> {lowest})", [Term]), width);
    }

    public CWord Low(Width width) => Slice(0, width);

    public CWord ZeroExtend(Width width) => width == Width ? this
        : IsKnown(out var value) ? Constant(value, width)
        : new(new CTerm.Apply($"({TypeOf(width)}){{0}}", [Term]), width, Bits) { Extended = this };

    public CWord SignExtend(Width width)
    {
        if (width == Width) return this;
        if (width.Bits is 64 && SignExtended is { } named) return named;
        return IsKnown(out var value)
            ? Constant(Concrete.Wrap(value, Width).SignExtend(width).Value, width)
            : Of(new CTerm.Apply($"({TypeOf(width)})(int{width.Bits}_t)(int{Width.Bits}_t){{0}}", [Term]), width) with
            {
                Extended = this,
            };
    }

    public CWord ReverseBytes() => IsKnown(out var value)
        ? Constant(Concrete.Wrap(value, Width).ReverseBytes().Value, Width)
        : Of(new CTerm.Apply($"rbpf_reverse{Width.Bits}({{0}})", [Term]), Width);

    private static CWord Of(CTerm term, Width width) => new(term, width, width.Bits);

    private static string TypeOf(Width width) => width.Bits is 8 or 16 or 32 or 64
        ? $"uint{width.Bits}_t"
        : throw new InvalidOperationException($"a rule computes with {width}, for which C has no type");

    private static bool IsZero(CWord word) => word.Term is CTerm.Number(0);

    private static int BitsOf(CWord word) => word.IsKnown(out var value) ? 64 - BitOperations.LeadingZeroCount(value) : word.Bits;

    private static bool Both(CWord left, CWord right, out Concrete one, out Concrete other)
    {
        var known = left.IsKnown(out var first) & right.IsKnown(out var second);
        one = Concrete.Wrap(first, left.Width);
        other = Concrete.Wrap(second, right.Width);
        return known;
    }

    private static CWord Arithmetic(string shape, CWord left, CWord right, Func<Concrete, Concrete, Concrete> known) =>
        left.Width.Bits is 32 or 64
            ? Apply(shape, left, right, known, left.Width.Bits)
            : throw new InvalidOperationException($"a rule computes with {left.Width}, which C promotes");

    private static CWord Shift(string shape, CWord value, CWord amount, Func<Concrete, Concrete, Concrete> known) =>
        amount.IsKnown(out var bits) ? bits < (ulong)value.Width.Bits ? Arithmetic(shape, value, amount, known) : throw Unbounded()
        : 1UL << amount.Bits <= (ulong)value.Width.Bits ? Arithmetic(shape, value, amount, known)
        : throw Unbounded();

    private static InvalidOperationException Unbounded() =>
        new("a rule shifts by the width or more, for which C has no value");

    private static CWord Divide(string name, CWord dividend, CWord divisor, Func<Concrete, Concrete, Concrete> known) =>
        Both(dividend, divisor, out var one, out var other)
            ? Constant(known(one, other).Value, dividend.Width)
            : Of(new CTerm.Division($"{name}{dividend.Width.Bits}({{0}}, {{1}})", dividend.Term, divisor.Term), dividend.Width);

    private static CWord Apply(
        string shape, CWord left, CWord right, Func<Concrete, Concrete, Concrete> known, int bits) =>
        Both(left, right, out var one, out var other)
            ? Constant(known(one, other).Value, left.Width)
            : new(new CTerm.Apply(shape, [left.Term, right.Term]), left.Width, bits);
}

/// <summary>Truth values as expressions of C.</summary>
internal static class CTruths
{
    extension(Truth<CWord> truth)
    {
        /// <summary>The expression.</summary>
        public CTerm Term => truth.Representation.Term;
    }
}
