using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>
/// The facts that hold of every remainder by its definition, and that solvers do not find out about divisions of 64 bits.
/// </summary>
public static class Remainders
{
    /// <summary>Of every signed remainder in a term, that it is smaller than its divisor in amount unless that is zero.</summary>
    /// <param name="about">The term.</param>
    public static IEnumerable<Term> Bounds(Term about) =>
        from term in Dag.PostOrder([about])
        where term.Operator is Operator.RemainderSigned
        select Bound(term);

    // Compared as negative numbers, of which there is one more: no amount overflows.
    private static Term Bound(Term remainder)
    {
        var divisor = remainder.Second;
        var zero = Make.Constant(0, divisor.Width);
        var least = Make.Choose(divisor.BelowSigned(zero), divisor, zero - divisor);
        return divisor.EqualTo(zero) | (least.BelowSigned(remainder) & least.BelowSigned(zero - remainder));
    }
}
