using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation;

/// <summary>
/// Equalities of products, quotients and remainders that solvers do not find: both sides of a question are brought into one
/// form by them. They hold of all words, zero divisors included, as SMT-LIB defines the operations; each by ring arithmetic.
/// </summary>
internal static class Lemmas
{
    /// <summary>The same term with products of 64 bits made of those of 32, and remainders of quotients.</summary>
    public static Term Apply(Term term) => Dag.Rebuild(term, (part, operands) => Rewrite(Make.With(part, operands)));

    private static Term Rewrite(Term term) => term.Operator switch
    {
        // d mod s = d - (d / s) s, also for s = 0, where the quotient is all ones (or one) and the product zero.
        Operator.RemainderUnsigned when term.Width == 32 => term.First - (Make.Binary(Operator.DivideUnsigned, term.First, term.Second) * term.Second),
        Operator.RemainderSigned when term.Width == 32 => term.First - (Make.Binary(Operator.DivideSigned, term.First, term.Second) * term.Second),
        Operator.DivideSigned or Operator.RemainderSigned when term.Width == 64 => OfMagnitudes(term),
        Operator.Multiply when IsAllOnes(term.Second) => Make.Constant(0UL, term.Width) - term.First,
        Operator.Multiply when IsAllOnes(term.First) => Make.Constant(0UL, term.Width) - term.Second,
        Operator.Multiply when term.First.Operator is Operator.Choose => Chosen(term.First, term.Second),
        Operator.Multiply when term.Second.Operator is Operator.Choose => Chosen(term.Second, term.First),
        Operator.Multiply when term.Width == 64 && !IsLong(term) => Long(term.First, term.Second),
        _ => term,
    };

    // As SMT-LIB defines them: a quotient is negative where one of its operands is, a remainder where the dividend is.
    private static Term OfMagnitudes(Term term)
    {
        var isQuotient = term.Operator is Operator.DivideSigned;
        var zero = Make.Constant(0UL, term.Width);
        var (isNegative, divisorIsNegative) = (term.First.BelowSigned(zero), term.Second.BelowSigned(zero));
        var result = Make.Binary(
            isQuotient ? Operator.DivideUnsigned : Operator.RemainderUnsigned,
            Make.Choose(isNegative, zero - term.First, term.First),
            Make.Choose(divisorIsNegative, zero - term.Second, term.Second));
        return Make.Choose(isQuotient ? isNegative.DiffersFrom(divisorIsNegative) : isNegative, zero - result, result);
    }

    // (c ? a : b) s = c ? a s : b s.
    private static Term Chosen(Term choice, Term factor) =>
        Make.Choose(choice.First, Rewrite(choice.Second * factor), Rewrite(choice.Third * factor));

    // (a + 2^32 b)(c + 2^32 d) = ac + 2^32 (ad + bc) modulo 2^64.
    private static Term Long(Term left, Term right)
    {
        var (a, b, c, d) = (left.Bits(0, 32), left.Bits(32, 32), right.Bits(0, 32), right.Bits(32, 32));
        return (a.ZeroExtended(64) * c.ZeroExtended(64)) + Make.Concatenate(Rewrite(a * d) + Rewrite(b * c), Make.Constant(0UL, 32));
    }

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
