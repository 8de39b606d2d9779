using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation;

/// <summary>
/// Equalities of products, quotients and remainders that solvers do not find: both sides of a question are brought into one
/// form by <see cref="Identities"/>.
/// </summary>
internal static class Lemmas
{
    /// <summary>The same term with products of 64 bits made of those of 32, and remainders of quotients.</summary>
    public static Term Apply(Term term) => Dag.Rebuild(term, (part, operands) => Rewrite(Make.With(part, operands)));

    private static Term Rewrite(Term term) => term.Operator switch
    {
        Operator.RemainderUnsigned when term.Width == 32 => Identities.Remainder(Operator.DivideUnsigned, term.First, term.Second),
        Operator.RemainderSigned when term.Width == 32 => Identities.Remainder(Operator.DivideSigned, term.First, term.Second),
        Operator.DivideSigned when term.Width == 64 => Identities.Signed(isQuotient: true, term.First, term.Second),
        Operator.RemainderSigned when term.Width == 64 => Identities.Signed(isQuotient: false, term.First, term.Second),
        Operator.Multiply when IsAllOnes(term.Second) => Make.Constant(0UL, term.Width) - term.First,
        Operator.Multiply when IsAllOnes(term.First) => Make.Constant(0UL, term.Width) - term.Second,
        Operator.Multiply when term.First.Operator is Operator.Choose => Chosen(term.First, term.Second),
        Operator.Multiply when term.Second.Operator is Operator.Choose => Chosen(term.Second, term.First),
        Operator.Multiply when term.Width == 64 && !IsLong(term) => Long(term.First, term.Second),
        _ => term,
    };

    // (c ? a : b) s = c ? a s : b s.
    private static Term Chosen(Term choice, Term factor) =>
        Make.Choose(choice.First, Rewrite(choice.Second * factor), Rewrite(choice.Third * factor));

    private static Term Long(Term left, Term right) => Identities.Product(
        (left.Bits(0, 32), left.Bits(32, 32)), (right.Bits(0, 32), right.Bits(32, 32)), (one, other) => Rewrite(one * other));

    private static bool IsAllOnes(Term term) => term.IsConstant && term.Value == UInt128.MaxValue >> (128 - term.Width);

    private static bool IsLong(Term product) => IsExtended(product.First) && IsExtended(product.Second);

    private static bool IsExtended(Term term) =>
        (term.Operator is Operator.ZeroExtend && term.First.Width == 32) || (term.IsConstant && term.Value >> 32 == 0);

    /// <summary>
    /// Terms with each product, quotient and remainder replaced by a variable, the same one for the same: what holds of any values
    /// holds of the true ones. Of those of 64 bits it is added that equal operands have equal results.
    /// </summary>
    public static IReadOnlyList<Term> Abstract(IReadOnlyList<Term> terms)
    {
        Dictionary<Term, Term> replacements = new(ReferenceEqualityComparer.Instance);
        List<Term> divisions = [];
        foreach (var term in Dag.PostOrder(terms))
        {
            if (!IsHard(term)) continue;
            if (term.Width == 64 && term.Operator is not Operator.Multiply) divisions.Add(term);
            replacements[term] = Make.Variable($"product!{replacements.Count}", term.Width);
        }

        if (replacements.Count == 0) return terms;
        List<Term> abstracted = [.. terms.Select(Replaced)];
        foreach (var (index, one) in divisions.Index())
        {
            foreach (var other in divisions.Take(index).Where(other => other.Operator == one.Operator))
            {
                var areSame = Replaced(one.First).EqualTo(Replaced(other.First)) & Replaced(one.Second).EqualTo(Replaced(other.Second));
                abstracted.Add(areSame.Implies(replacements[one].EqualTo(replacements[other])));
            }
        }

        return abstracted;

        Term Replaced(Term term) => Dag.Replace(term, replacements);
    }

    private static bool IsHard(Term term) => term.Operator
        is Operator.Multiply or Operator.DivideUnsigned or Operator.DivideSigned or Operator.RemainderUnsigned or Operator.RemainderSigned;
}
