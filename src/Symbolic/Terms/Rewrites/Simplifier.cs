namespace RbpfSpec.Symbolic.Terms.Rewrites;

/// <summary>One way to make a term smaller that keeps its value.</summary>
/// <param name="Name">The name that its proof cites.</param>
/// <param name="Apply">The smaller term, or null where the rewrite does not fit; the term given has shared operands.</param>
/// <param name="Samples">Terms that it fits, which are proved equal to what it makes of them.</param>
public sealed record Rewrite(string Name, Func<Term, Term?> Apply, Func<IEnumerable<Term>> Samples);

/// <summary>Light simplification while terms are made, so that what is known stays known and sharing stays high.</summary>
public static class Simplifier
{
    private static readonly Rewrite[][] ByOperator = Index();

    /// <summary>Every rewrite with the operators whose terms it is tried on, in the order in which they are tried.</summary>
    public static IReadOnlyList<(Operator Operator, Rewrite Rewrite)> Rewrites =>
        [.. Enum.GetValues<Operator>().SelectMany(@operator => ByOperator[(int)@operator].Select(rewrite => (@operator, rewrite)))];

    internal static Term Simplify(Term term)
    {
        if (term.Operator.IsCommutative() && IsAfter(term.First, term.Second))
            term = new(term.Operator, term.Sort, [term.Second, term.First]);
        foreach (var rewrite in ByOperator[(int)term.Operator])
        {
            if (rewrite.Apply(term) is { } smaller) return smaller;
        }

        return term.Shared();
    }

    // Constants go right; else by structure, so that the order is the same in every run.
    private static bool IsAfter(Term left, Term right) =>
        left.IsConstant != right.IsConstant ? left.IsConstant : left.Fingerprint > right.Fingerprint;

    private static Rewrite[][] Index()
    {
        var index = new Rewrite[Enum.GetValues<Operator>().Length][];
        for (var i = 0; i < index.Length; i++) index[i] = [.. For((Operator)i)];
        return index;
    }

    private static IEnumerable<Rewrite> For(Operator @operator) =>
    [
        .. @operator is Operator.Constant or Operator.Variable or Operator.Apply or Operator.Select or Operator.Store
            ? (ReadOnlySpan<Rewrite>)[]
            : [ConstantRewrites.Fold(@operator)],
        .. @operator switch
        {
            Operator.Not => TruthRewrites.Not,
            Operator.And => TruthRewrites.And,
            Operator.Or => TruthRewrites.Or,
            Operator.Equal => ComparisonRewrites.Equal,
            Operator.LessUnsigned => ComparisonRewrites.LessUnsigned,
            Operator.LessSigned => ComparisonRewrites.LessSigned,
            Operator.Choose => TruthRewrites.Choose,
            Operator.Add => ArithmeticRewrites.Add,
            Operator.Subtract => ArithmeticRewrites.Subtract,
            Operator.Multiply => ArithmeticRewrites.Multiply,
            Operator.BitwiseAnd => ArithmeticRewrites.BitwiseAnd,
            Operator.BitwiseOr => ArithmeticRewrites.BitwiseOr,
            Operator.BitwiseXor => ArithmeticRewrites.BitwiseXor,
            Operator.ShiftLeft or Operator.ShiftRightLogical or Operator.ShiftRightArithmetic => ArithmeticRewrites.Shift(@operator),
            Operator.Extract => SliceRewrites.Extract,
            Operator.Concatenate => SliceRewrites.Concatenate,
            Operator.ZeroExtend => SliceRewrites.ZeroExtend,
            Operator.SignExtend => SliceRewrites.SignExtend,
            Operator.Select => ArrayRewrites.Select,
            _ => [],
        },
    ];
}
