namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Extraction, concatenation and extension.</summary>
internal static class SliceRewrites
{
    private static readonly Term P = Make.Variable("p", Sort.Truth);
    private static readonly Term X = Make.Variable("x", 8);
    private static readonly Term Y = Make.Variable("y", 8);

    public static Rewrite[] Extract { get; } =
    [
        new("extract-whole", term => term.Width == term.First.Width ? term.First : null, () => [Part(X, 0, 8)]),
        new("extract-extract", term => Inner(term, Operator.Extract) is { } inner
            ? Make.Extract(inner.First, inner.Lowest + term.Lowest, term.Width)
            : null, () => [Part(Part(X, 1, 6), 2, 3)]),
        new("extract-concatenate", ExtractConcatenate, () =>
            from lowest in Enumerable.Range(0, 14)
            let pair = Make.Raw(Operator.Concatenate, Sort.Of(16), [X, Y])
            where lowest + 3 <= 8 || lowest >= 8
            select Part(pair, lowest, Math.Min(3, 16 - lowest))),
        new("extract-zero-extend", ExtractZeroExtend, () =>
            from lowest in Enumerable.Range(0, 14)
            from width in (int[])[1, 2, 8]
            where lowest + width <= 16 && (lowest + width <= 8 || lowest >= 8 || lowest == 0)
            select Part(Extended(Operator.ZeroExtend, X, 16), lowest, width)),
        new("extract-sign-extend", ExtractSignExtend, () =>
            from lowest in Enumerable.Range(0, 8)
            from width in (int[])[1, 3, 8, 12]
            where lowest + width <= 8 || lowest == 0
            select Part(Extended(Operator.SignExtend, X, 16), lowest, width)),
        new("extract-chosen-constant", ExtractChosen, () =>
            [
                Part(Make.Raw(Operator.Choose, Sort.Of(8), [P, X, Make.Constant(0x5a, 8)]), 2, 4),
                Part(Make.Raw(Operator.Choose, Sort.Of(8), [P, Make.Constant(0x5a, 8), X]), 2, 4),
            ]),
    ];

    public static Rewrite[] Concatenate { get; } =
    [
        new("concatenate-neighbours", Neighbours, () =>
            [Make.Raw(Operator.Concatenate, Sort.Of(6), [Part(X, 4, 3), Part(X, 1, 3)])]),
        new("concatenate-copies", Copies, () =>
        [
            Make.Raw(Operator.Concatenate, Sort.Of(2), [Part(X, 3, 1), Part(X, 3, 1)]),
            Make.Raw(Operator.Concatenate, Sort.Of(4), [Extended(Operator.SignExtend, Part(X, 3, 1), 3), Part(X, 3, 1)]),
        ]),
        new("concatenate-signs", Signs, () =>
        [
            Make.Raw(Operator.Concatenate, Sort.Of(9), [Part(X, 7, 1), X]),
            Make.Raw(Operator.Concatenate, Sort.Of(16), [Extended(Operator.SignExtend, Part(X, 7, 1), 8), X]),
            Make.Raw(Operator.Concatenate, Sort.Of(12), [Extended(Operator.SignExtend, Part(X, 5, 1), 8), Part(X, 2, 4)]),
        ]),
        new("concatenate-zero", term => term.First.Is(0) ? Make.ZeroExtend(term.Second, term.Width) : null, () =>
            [Make.Raw(Operator.Concatenate, Sort.Of(16), [Make.Constant(0, 8), X])]),
    ];

    public static Rewrite[] ZeroExtend { get; } =
    [
        new("extend-by-nothing", Nothing, () => [Extended(Operator.ZeroExtend, X, 8)]),
        new("zero-extend-again", Again, () => [Extended(Operator.ZeroExtend, Extended(Operator.ZeroExtend, X, 12), 16)]),
    ];

    public static Rewrite[] SignExtend { get; } =
    [
        new("extend-by-nothing", Nothing, () => [Extended(Operator.SignExtend, X, 8)]),
        new("sign-extend-again", Again, () => [Extended(Operator.SignExtend, Extended(Operator.SignExtend, X, 12), 16)]),
        new("sign-extend-zero-extended", term => Inner(term, Operator.ZeroExtend) is { } inner && inner.Width > inner.First.Width
            ? Make.ZeroExtend(inner.First, term.Width)
            : null, () => [Extended(Operator.SignExtend, Extended(Operator.ZeroExtend, X, 12), 16)]),
    ];

    private static Term? Inner(Term term, Operator @operator) => term.First.Operator == @operator ? term.First : null;

    private static Term? Nothing(Term term) => term.Width == term.First.Width ? term.First : null;

    private static Term? Again(Term term) => Inner(term, term.Operator) is { } inner
        ? Make.With(Make.Raw(term.Operator, term.Sort, [inner]), [inner.First])
        : null;

    private static Term? ExtractConcatenate(Term term)
    {
        if (Inner(term, Operator.Concatenate) is not { } pair) return null;
        var low = pair.Second.Width;
        return term.Lowest >= low ? Make.Extract(pair.First, term.Lowest - low, term.Width)
            : term.Lowest + term.Width <= low ? Make.Extract(pair.Second, term.Lowest, term.Width)
            : null;
    }

    private static Term? ExtractZeroExtend(Term term)
    {
        if (Inner(term, Operator.ZeroExtend) is not { } extended) return null;
        var inner = extended.First;
        return term.Lowest >= inner.Width ? Make.Constant(0, term.Width)
            : term.Lowest + term.Width <= inner.Width ? Make.Extract(inner, term.Lowest, term.Width)
            : term.Lowest == 0 ? Make.ZeroExtend(inner, term.Width)
            : null;
    }

    private static Term? ExtractSignExtend(Term term)
    {
        if (Inner(term, Operator.SignExtend) is not { } extended) return null;
        var inner = extended.First;
        return term.Lowest + term.Width <= inner.Width ? Make.Extract(inner, term.Lowest, term.Width)
            : term.Lowest == 0 ? Make.SignExtend(inner, term.Width)
            : null;
    }

    private static Term? ExtractChosen(Term term) =>
        Inner(term, Operator.Choose) is { } choice && (choice.Second.IsConstant || choice.Third.IsConstant)
            ? Make.Choose(
                choice.First,
                Make.Extract(choice.Second, term.Lowest, term.Width),
                Make.Extract(choice.Third, term.Lowest, term.Width))
            : null;

    private static Term? Neighbours(Term term)
    {
        var (high, low) = (term.First, term.Second);
        return high.Operator is Operator.Extract && low.Operator is Operator.Extract
            && ReferenceEquals(high.First, low.First) && high.Lowest == low.Lowest + low.Width
            ? Make.Extract(low.First, low.Lowest, term.Width)
            : null;
    }

    // The same bit twice or more often is that bit, sign-extended.
    private static Term? Copies(Term term)
    {
        var bit = Bit(term.First);
        return term.Second.Width == 1 && ReferenceEquals(bit, term.Second) ? Make.SignExtend(bit, term.Width) : null;
    }

    // Copies of a word's topmost bit above the word.
    private static Term? Signs(Term term)
    {
        var (bit, word) = (Bit(term.First), term.Second);
        return word.Width > 1 && ReferenceEquals(bit, Make.Extract(word, word.Width - 1, 1)) ? Make.SignExtend(word, term.Width) : null;
    }

    private static Term Bit(Term term) =>
        term.Operator is Operator.SignExtend && term.First.Width == 1 ? term.First : term;

    private static Term Part(Term term, int lowest, int width) => Make.Raw(Operator.Extract, Sort.Of(width), [term], lowest);

    private static Term Extended(Operator @operator, Term term, int width) => Make.Raw(@operator, Sort.Of(width), [term]);
}
