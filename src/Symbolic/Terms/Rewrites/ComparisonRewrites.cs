namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Equality and order.</summary>
internal static class ComparisonRewrites
{
    private static readonly Term P = Make.Variable("p", Sort.Truth);
    private static readonly Term X = Make.Variable("x", 8);
    private static readonly Term Y = Make.Variable("y", 8);

    public static Rewrite[] Equal { get; } =
    [
        new("equal-same", term => ReferenceEquals(term.First, term.Second) ? Make.True : null, () => [Raw(Operator.Equal, X, X)]),
        new("equal-truth", term => term.Second.IsTrue ? term.First : term.Second.IsFalse ? Make.Not(term.First) : null, () =>
            [Raw(Operator.Equal, P, Make.True), Raw(Operator.Equal, P, Make.False)]),
        new("equal-chosen-constant", EqualChosen, () =>
            from then in (ulong[])[1, 2]
            from otherwise in (ulong[])[1, 2, 3]
            select Raw(
                Operator.Equal,
                Make.Raw(Operator.Choose, Sort.Of(8), [P, Number(then), Number(otherwise)]),
                Number(2))),
        new("equal-chosen", EqualToChosen, () =>
        [
            Raw(Operator.Equal, Chosen(X, Y), X), Raw(Operator.Equal, X, Chosen(X, Y)),
            Raw(Operator.Equal, Chosen(X, Y), Y), Raw(Operator.Equal, Y, Chosen(X, Y)),
        ]),
        new("equal-extended-constant", EqualExtended, () =>
            from constant in (ulong[])[0, 7, 0xff, 0x100, 0xffff]
            select Raw(Operator.Equal, Make.Raw(Operator.ZeroExtend, Sort.Of(16), [X]), Make.Constant(constant, 16))),
        new("equal-sum-constant", EqualSum, () =>
            from added in (ulong[])[1, 0x80, 0xff]
            from constant in (ulong[])[0, 1, 0x7f]
            select Raw(Operator.Equal, Make.Raw(Operator.Add, Sort.Of(8), [X, Number(added)]), Number(constant))),
        new("equal-one-bit", EqualBit, () =>
            from bit in Enumerable.Range(0, 8)
            from isSet in (bool[])[false, true]
            select Raw(
                Operator.Equal, Make.Raw(Operator.BitwiseAnd, Sort.Of(8), [X, Number(1UL << bit)]), Number(isSet ? 1UL << bit : 0))),
        new("equal-two-bits", EqualBits, () =>
            from constant in (ulong[])[0, 1, 2, 3]
            select Raw(
                Operator.Equal,
                Make.Raw(Operator.Concatenate, Sort.Of(2), [Make.Variable("high", 1), Make.Variable("low", 1)]),
                Make.Constant(constant, 2))),
    ];

    public static Rewrite[] LessUnsigned { get; } =
    [
        new("less-same", term => ReferenceEquals(term.First, term.Second) ? Make.False : null, () => [Raw(Operator.LessUnsigned, X, X)]),
        new("less-than-zero", term => term.Second.Is(0) ? Make.False : null, () => [Raw(Operator.LessUnsigned, X, Number(0))]),
        new("greatest-less", term => term.First.Is(Make.Mask(term.First.Width)) ? Make.False : null, () =>
            [Raw(Operator.LessUnsigned, Number(0xff), X)]),
        new("less-than-one", term => term.Second.Is(1) ? Make.Equal(term.First, Make.Constant(0, term.First.Width)) : null, () =>
            [Raw(Operator.LessUnsigned, X, Number(1))]),
        new("less-beyond-extension", LessBeyond, () =>
            [Raw(Operator.LessUnsigned, Make.Raw(Operator.ZeroExtend, Sort.Of(16), [X]), Make.Constant(0x100, 16))]),
    ];

    public static Rewrite[] LessSigned { get; } =
    [
        new("less-same", term => ReferenceEquals(term.First, term.Second) ? Make.False : null, () => [Raw(Operator.LessSigned, X, X)]),
    ];

    private static Term? EqualChosen(Term term)
    {
        var (choice, constant) = (term.First, term.Second);
        if (choice.Operator is not Operator.Choose || !constant.IsConstant) return null;
        if (!choice.Second.IsConstant || !choice.Third.IsConstant) return null;
        return Make.Choose(
            choice.First,
            Make.Truth(ReferenceEquals(choice.Second, constant)),
            Make.Truth(ReferenceEquals(choice.Third, constant)));
    }

    private static Term? EqualToChosen(Term term) =>
        term.First.Operator is Operator.Choose ? EqualToChosen(term.First, term.Second)
        : term.Second.Operator is Operator.Choose ? EqualToChosen(term.Second, term.First)
        : null;

    private static Term? EqualToChosen(Term choice, Term other) =>
        ReferenceEquals(choice.Second, other) ? Make.Or(choice.First, Make.Equal(choice.Third, other))
        : ReferenceEquals(choice.Third, other) ? Make.Or(Make.Not(choice.First), Make.Equal(choice.Second, other))
        : null;

    private static Term Chosen(Term then, Term otherwise) => Make.Raw(Operator.Choose, then.Sort, [P, then, otherwise]);

    private static Term? EqualExtended(Term term)
    {
        var (extended, constant) = (term.First, term.Second);
        if (extended.Operator is not Operator.ZeroExtend || !constant.IsConstant) return null;
        var inner = extended.First;
        return constant.Value > Make.Mask(inner.Width) ? Make.False : Make.Equal(inner, Make.Constant(constant.Value, inner.Width));
    }

    private static Term? EqualSum(Term term)
    {
        var (sum, constant) = (term.First, term.Second);
        return sum.Operator is Operator.Add && sum.Second.IsConstant && constant.IsConstant
            ? Make.Equal(sum.First, Make.Constant(unchecked(constant.Value - sum.Second.Value), sum.Width))
            : null;
    }

    private static Term? EqualBit(Term term)
    {
        var (masked, constant) = (term.First, term.Second);
        if (masked.Operator is not Operator.BitwiseAnd || !masked.Second.IsConstant || !constant.IsConstant) return null;
        var bit = masked.Second.Value;
        return UInt128.IsPow2(bit) && (constant.Value == bit || constant.Value == UInt128.Zero)
            ? Make.Equal(
                Make.Extract(masked.First, (int)UInt128.TrailingZeroCount(bit), 1), Make.Constant(constant.Value == bit ? 1UL : 0UL, 1))
            : null;
    }

    private static Term? EqualBits(Term term)
    {
        var (bits, constant) = (term.First, term.Second);
        return bits is { Operator: Operator.Concatenate, Width: 2 } && constant.IsConstant
            ? Make.And(
                Make.Equal(bits.First, Make.Constant(constant.Value >> 1, 1)), Make.Equal(bits.Second, Make.Constant(constant.Value, 1)))
            : null;
    }

    private static Term? LessBeyond(Term term) =>
        term.First.Operator is Operator.ZeroExtend && term.Second.IsConstant && term.Second.Value > Make.Mask(term.First.First.Width)
            ? Make.True
            : null;

    private static Term Number(ulong value) => Make.Constant(value, 8);

    private static Term Raw(Operator @operator, Term left, Term right) => Make.Raw(@operator, Sort.Truth, [left, right]);
}
