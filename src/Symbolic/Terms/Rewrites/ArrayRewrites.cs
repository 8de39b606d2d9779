namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Reading from arrays that were written.</summary>
internal static class ArrayRewrites
{
    private static readonly Term Memory = Make.Variable("m", Sort.Bytes);
    private static readonly Term Other = Make.Variable("n", Sort.Bytes);
    private static readonly Term P = Make.Variable("p", Sort.Truth);
    private static readonly Term I = Make.Variable("i", 64);
    private static readonly Term J = Make.Variable("j", 64);
    private static readonly Term X = Make.Variable("x", 8);

    public static Rewrite[] Select { get; } =
    [
        new("select-stored", term => Inner(term, Operator.Store) is { } store && ReferenceEquals(store.Second, term.Second)
            ? store.Third
            : null, () => [Read(Written(I), I)]),
        new("select-beside", term => Inner(term, Operator.Store) is { } store && AreApart(store.Second, term.Second)
            ? Make.Select(store.First, term.Second)
            : null, () =>
            [
                Read(Written(Number(1)), Number(2)), Read(Written(Plus(1)), Plus(2)), Read(Written(I), Plus(2)), Read(Written(Plus(1)), I),
            ]),
        new("select-unknown-store", term => Inner(term, Operator.Store) is { } store
            ? Make.Choose(Make.Equal(store.Second, term.Second), store.Third, Make.Select(store.First, term.Second))
            : null, () => [Read(Written(I), J)]),
        new("select-chosen", term => Inner(term, Operator.Choose) is { } choice
            ? Make.Choose(choice.First, Make.Select(choice.Second, term.Second), Make.Select(choice.Third, term.Second))
            : null, () => [Read(Make.Raw(Operator.Choose, Sort.Bytes, [P, Memory, Other]), I)]),
    ];

    private static Term? Inner(Term term, Operator @operator) => term.First.Operator == @operator ? term.First : null;

    // Both are the same term plus different constants.
    private static bool AreApart(Term left, Term right)
    {
        var (leftBase, leftConstant) = Split(left);
        var (rightBase, rightConstant) = Split(right);
        return ReferenceEquals(leftBase, rightBase) && leftConstant != rightConstant;
    }

    private static (Term? Base, UInt128 Constant) Split(Term term) => term.IsConstant ? (null, term.Value)
        : term.Operator is Operator.Add && term.Second.IsConstant ? (term.First, term.Second.Value)
        : (term, 0);

    private static Term Number(ulong value) => Make.Constant(value, 64);

    private static Term Plus(ulong value) => Make.Raw(Operator.Add, Sort.Of(64), [I, Number(value)]);

    private static Term Written(Term index) => Make.Raw(Operator.Store, Sort.Bytes, [Memory, index, X]);

    private static Term Read(Term array, Term index) => Make.Raw(Operator.Select, Sort.Of(8), [array, index]);
}
