using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Thumb.Memory;

/// <summary>An address of 32 bits as a sum of terms and a constant.</summary>
/// <param name="Addends">The terms, in the order in which they stand.</param>
/// <param name="Constant">The constant.</param>
internal readonly record struct TermAddress(Sequence<Term> Addends, uint Constant)
{
    /// <summary>The sum that a term is.</summary>
    public static TermAddress Of(Term term)
    {
        List<Term> addends = [];
        var constant = 0U;
        Collect(term, addends, ref constant);
        return new([.. addends], constant);
    }

    /// <summary>The terms alone, as one; zero if there are none.</summary>
    public Term Symbolic => Addends.Aggregate(Make.Constant(0, 32), (sum, addend) => sum + addend);

    /// <summary>This address less another whose terms are all among these; null where they are not.</summary>
    public TermAddress? Less(TermAddress other)
    {
        List<Term> left = [.. Addends];
        foreach (var addend in other.Addends)
        {
            if (!left.Remove(addend)) return null;
        }

        return new([.. left], unchecked(Constant - other.Constant));
    }

    /// <summary>The sum.</summary>
    public Term Term => Symbolic + Make.Constant(Constant, 32);

    private static void Collect(Term term, List<Term> addends, ref uint constant)
    {
        if (term.IsConstant)
        {
            constant = unchecked(constant + (uint)term.Value);
        }
        else if (term.Operator is Operator.Add)
        {
            Collect(term.First, addends, ref constant);
            Collect(term.Second, addends, ref constant);
        }
        else if (term.Operator is Operator.BitwiseAnd && term.Second.Is(0xfffffffc) && TermBounds.Low(term.First, 2) == 0)
        {
            Collect(term.First, addends, ref constant);
        }
        else
        {
            addends.Add(term);
        }
    }
}
