namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Arithmetic with neutral and absorbing operands, and constants gathered.</summary>
internal static class ArithmeticRewrites
{
    private static readonly Term X = Make.Variable("x", 8);
    private static readonly Term Y = Make.Variable("y", 8);
    private static readonly Term Z = Make.Variable("z", 8);

    public static Rewrite[] Add { get; } =
    [
        new("add-zero", term => term.Second.Is(0) ? term.First : null, () => [Raw(Operator.Add, X, Number(0))]),
        new("add-constants", AddConstants, () =>
            from inner in (ulong[])[1, 0x80, 0xff]
            from outer in (ulong[])[1, 0x7f, 0xff]
            select Raw(Operator.Add, Raw(Operator.Add, X, Number(inner)), Number(outer))),
        new("add-difference", term => Minuend(term.First, term.Second) ?? Minuend(term.Second, term.First), () =>
            [Raw(Operator.Add, X, Raw(Operator.Subtract, Y, X)), Raw(Operator.Add, Raw(Operator.Subtract, Y, X), X)]),
    ];

    public static Rewrite[] Subtract { get; } =
    [
        new("subtract-same", term => ReferenceEquals(term.First, term.Second) ? Zero(term) : null, () => [Raw(Operator.Subtract, X, X)]),
        new("subtract-addend", term => term.First.Operator is not Operator.Add ? null
            : ReferenceEquals(term.First.First, term.Second) ? term.First.Second
            : ReferenceEquals(term.First.Second, term.Second) ? term.First.First
            : null, () =>
            [Raw(Operator.Subtract, Raw(Operator.Add, X, Y), X), Raw(Operator.Subtract, Raw(Operator.Add, X, Y), Y)]),
        new("subtract-common-addend", SubtractCommonAddend, () =>
        [
            Raw(Operator.Subtract, X, Raw(Operator.Add, X, Y)),
            Raw(Operator.Subtract, X, Raw(Operator.Add, Y, X)),
            .. from left in (Term[])[Raw(Operator.Add, X, Y), Raw(Operator.Add, Y, X)]
               from right in (Term[])[Raw(Operator.Add, X, Z), Raw(Operator.Add, Z, X)]
               select Raw(Operator.Subtract, left, right),
        ]),
        new("subtract-constant", SubtractConstant, () =>
            from constant in (ulong[])[0, 1, 0x80, 0xff] select Raw(Operator.Subtract, X, Number(constant))),
    ];

    public static Rewrite[] Multiply { get; } =
    [
        new("multiply-constant", term => term.Second.Is(0) ? Zero(term) : term.Second.Is(1) ? term.First : null, () =>
            [Raw(Operator.Multiply, X, Number(0)), Raw(Operator.Multiply, X, Number(1))]),
    ];

    public static Rewrite[] BitwiseAnd { get; } =
    [
        new("bitwise-and-constant", term =>
            term.Second.Is(0) ? Zero(term) : term.Second.Is(Make.Mask(term.Width)) ? term.First : null, () =>
            [Raw(Operator.BitwiseAnd, X, Number(0)), Raw(Operator.BitwiseAnd, X, Number(0xff))]),
        new("bitwise-and-low-bits", LowBits, () =>
            from ones in Enumerable.Range(1, 7) select Raw(Operator.BitwiseAnd, X, Number((1UL << ones) - 1))),
        new("bitwise-and-same", Same, () => [Raw(Operator.BitwiseAnd, X, X)]),
    ];

    public static Rewrite[] BitwiseOr { get; } =
    [
        new("bitwise-or-constant", term =>
            term.Second.Is(0) ? term.First : term.Second.Is(Make.Mask(term.Width)) ? term.Second : null, () =>
            [Raw(Operator.BitwiseOr, X, Number(0)), Raw(Operator.BitwiseOr, X, Number(0xff))]),
        new("bitwise-or-same", Same, () => [Raw(Operator.BitwiseOr, X, X)]),
    ];

    public static Rewrite[] BitwiseXor { get; } =
    [
        new("bitwise-xor-zero", term => term.Second.Is(0) ? term.First : null, () => [Raw(Operator.BitwiseXor, X, Number(0))]),
        new("bitwise-xor-same", term =>
            ReferenceEquals(term.First, term.Second) ? Zero(term) : null, () => [Raw(Operator.BitwiseXor, X, X)]),
    ];

    public static Rewrite[] Shift(Operator @operator) =>
    [
        new("shift-by-zero", term => term.Second.Is(0) ? term.First : null, () => [Raw(@operator, X, Number(0))]),
        new("shift-of-zero", term => term.First.Is(0) ? term.First : null, () => [Raw(@operator, Number(0), X)]),
    ];

    // The low bits are what a narrower word holds.
    private static Term? LowBits(Term term)
    {
        if (!term.Second.IsConstant) return null;
        var mask = term.Second.Value;
        return mask != UInt128.Zero && (mask & (mask + UInt128.One)) == UInt128.Zero
            ? Make.ZeroExtend(Make.Extract(term.First, 0, (int)UInt128.PopCount(mask)), term.Width)
            : null;
    }

    private static Term? Same(Term term) => ReferenceEquals(term.First, term.Second) ? term.First : null;

    // What is left of a difference once its subtrahend is added again.
    private static Term? Minuend(Term difference, Term added) =>
        difference.Operator is Operator.Subtract && ReferenceEquals(difference.Second, added) ? difference.First : null;

    // x - (x + y) and (x + z) - (x + y) do not depend on x.
    private static Term? SubtractCommonAddend(Term term) =>
        Without(term.Second, term.First) is { } whole ? Make.Binary(Operator.Subtract, Zero(term), whole)
        : term.First.Operator is not Operator.Add ? null
        : Without(term.Second, term.First.First) is { } second ? Make.Binary(Operator.Subtract, term.First.Second, second)
        : Without(term.Second, term.First.Second) is { } first ? Make.Binary(Operator.Subtract, term.First.First, first)
        : null;

    private static Term? Without(Term sum, Term addend) => sum.Operator is not Operator.Add ? null
        : ReferenceEquals(sum.First, addend) ? sum.Second
        : ReferenceEquals(sum.Second, addend) ? sum.First
        : null;

    private static Term? AddConstants(Term term) =>
        term.Second.IsConstant && term.First.Operator is Operator.Add && term.First.Second.IsConstant
            ? Make.Binary(
                Operator.Add,
                term.First.First,
                Make.Constant(unchecked(term.First.Second.Value + term.Second.Value), term.Width))
            : null;

    private static Term? SubtractConstant(Term term) => term.Second.IsConstant
        ? Make.Binary(Operator.Add, term.First, Make.Constant(unchecked(UInt128.Zero - term.Second.Value), term.Width))
        : null;

    private static Term Zero(Term term) => Make.Constant(0, term.Width);

    private static Term Number(ulong value) => Make.Constant(value, 8);

    private static Term Raw(Operator @operator, Term left, Term right) => Make.Raw(@operator, Sort.Of(8), [left, right]);
}
