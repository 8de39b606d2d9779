namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>Negation, conjunction, disjunction and choice.</summary>
internal static class TruthRewrites
{
    private static readonly Term P = Make.Variable("p", Sort.Truth);
    private static readonly Term Q = Make.Variable("q", Sort.Truth);
    private static readonly Term X = Make.Variable("x", 8);
    private static readonly Term Y = Make.Variable("y", 8);
    private static readonly Term Z = Make.Variable("z", 8);

    public static Rewrite[] Not { get; } =
    [
        new("not-not", term => term.First.Operator is Operator.Not ? term.First.First : null, () => [Raw(Operator.Not, NotP)]),
    ];

    public static Rewrite[] And { get; } =
    [
        new("and-constant", term => term.Second.IsTrue ? term.First : term.Second.IsFalse ? Make.False : null, () =>
            [Raw(Operator.And, P, Make.True), Raw(Operator.And, P, Make.False)]),
        new("and-same", term => ReferenceEquals(term.First, term.Second) ? term.First : null, () => [Raw(Operator.And, P, P)]),
        new("and-opposite", term => AreOpposite(term) ? Make.False : null, () =>
            [Raw(Operator.And, P, NotP), Raw(Operator.And, NotP, P)]),
    ];

    public static Rewrite[] Or { get; } =
    [
        new("or-constant", term => term.Second.IsTrue ? Make.True : term.Second.IsFalse ? term.First : null, () =>
            [Raw(Operator.Or, P, Make.True), Raw(Operator.Or, P, Make.False)]),
        new("or-same", term => ReferenceEquals(term.First, term.Second) ? term.First : null, () => [Raw(Operator.Or, P, P)]),
        new("or-opposite", term => AreOpposite(term) ? Make.True : null, () =>
            [Raw(Operator.Or, P, NotP), Raw(Operator.Or, NotP, P)]),
    ];

    public static Rewrite[] Choose { get; } =
    [
        new("choose-known", term => term.First.IsTrue ? term.Second : term.First.IsFalse ? term.Third : null, () =>
            [Choice(Make.True, X, Y), Choice(Make.False, X, Y)]),
        new("choose-same", term => ReferenceEquals(term.Second, term.Third) ? term.Second : null, () => [Choice(P, X, X)]),
        new("choose-not", term => term.First.Operator is Operator.Not ? Make.Choose(term.First.First, term.Third, term.Second) : null, () =>
            [Choice(NotP, X, Y)]),
        new("choose-truth", ChooseTruth, () =>
        [
            Choice(P, Make.True, Q), Choice(P, Make.False, Q), Choice(P, Q, Make.True), Choice(P, Q, Make.False),
        ]),
        new("choose-same-otherwise", term =>
            term.Third.Operator is Operator.Choose && ReferenceEquals(term.Third.Second, term.Second) && term.Sort is not Sort.Bool
                ? Make.Choose(Make.Or(term.First, term.Third.First), term.Second, term.Third.Third)
                : null, () => [Choice(P, X, Raw(Operator.Choose, Q, X, Y))]),
        new("choose-again", ChooseAgain, () =>
            [Choice(P, Raw(Operator.Choose, P, X, Y), Z), Choice(P, Z, Raw(Operator.Choose, P, X, Y))]),
    ];

    private static Term NotP => Raw(Operator.Not, P);

    private static bool AreOpposite(Term term) =>
        (term.First.Operator is Operator.Not && ReferenceEquals(term.First.First, term.Second))
        || (term.Second.Operator is Operator.Not && ReferenceEquals(term.Second.First, term.First));

    private static Term? ChooseTruth(Term term) => term.Sort is not Sort.Bool ? null
        : term.Second.IsTrue ? Make.Or(term.First, term.Third)
        : term.Second.IsFalse ? Make.And(Make.Not(term.First), term.Third)
        : term.Third.IsTrue ? Make.Or(Make.Not(term.First), term.Second)
        : term.Third.IsFalse ? Make.And(term.First, term.Second)
        : null;

    // Under a condition, what is chosen by the same condition is known.
    private static Term? ChooseAgain(Term term)
    {
        var then = Chosen(term.Second, term.First, 1);
        var otherwise = Chosen(term.Third, term.First, 2);
        return ReferenceEquals(then, term.Second) && ReferenceEquals(otherwise, term.Third)
            ? null
            : Make.Choose(term.First, then, otherwise);
    }

    private static Term Chosen(Term term, Term condition, int argument) =>
        term.Operator is Operator.Choose && ReferenceEquals(term.First, condition) ? term.Arguments[argument] : term;

    private static Term Choice(Term condition, Term then, Term otherwise) =>
        Make.Raw(Operator.Choose, then.Sort, [condition, then, otherwise]);

    private static Term Raw(Operator @operator, params Term[] arguments) =>
        Make.Raw(@operator, @operator is Operator.Choose ? arguments[1].Sort : Sort.Truth, arguments);
}
