using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>A word of 32 bits as a sum of terms, each some times, and a constant: so that two ways to say one address look alike.</summary>
internal sealed class LinearSum
{
    private readonly SortedDictionary<(ulong, string), (Term Term, uint Times)> parts = [];

    private uint constant;

    /// <summary>The sum that the low 32 bits of a term are.</summary>
    public static LinearSum Of(Term term)
    {
        var sum = new LinearSum();
        sum.Add(term, 1);
        return sum;
    }

    /// <summary>If the word is a term and a constant: the constant, read as signed.</summary>
    public int? OffsetFrom(Term @base) =>
        parts.Count == 1 && parts.Values.First() is (var term, 1) && ReferenceEquals(term, @base) ? (int)constant : null;

    /// <summary>Whether a term is in the sum once.</summary>
    public bool Has(Term term) => parts.TryGetValue(Key(term), out var part) && part.Times == 1;

    /// <summary>The sum with one term in place of another.</summary>
    public Term With(Term removed, Term added)
    {
        Add(removed, uint.MaxValue);
        Add(added, 1);
        return ToTerm();
    }

    /// <summary>The sum as a term, always in the same order.</summary>
    public Term ToTerm()
    {
        var sum = Make.Constant(constant, 32);
        foreach (var (term, times) in parts.Values)
            sum = times == uint.MaxValue ? sum - term : sum + (times == 1 ? term : term * Make.Constant(times, 32));
        return sum;
    }

    /// <summary>The remainder of a word divided by four, if it is known.</summary>
    public static ulong? LowBits(Term term) => term.Operator switch
    {
        Operator.Constant => (ulong)term.Value & 3,
        Operator.Concatenate when term.Second.Width >= 2 => LowBits(term.Second),
        Operator.Add => LowBits(term.First) is { } left && LowBits(term.Second) is { } right ? (left + right) & 3 : null,
        Operator.Subtract => LowBits(term.First) is { } left && LowBits(term.Second) is { } right ? (left - right) & 3 : null,
        _ => null,
    };

    private static (ulong, string) Key(Term term) => (term.Fingerprint, term.Name);

    private void Add(Term term, uint times)
    {
        switch (term.Operator)
        {
            case Operator.Constant:
                constant += (uint)term.Value * times;
                return;
            case Operator.Add:
                Add(term.First, times);
                Add(term.Second, times);
                return;
            case Operator.Subtract:
                Add(term.First, times);
                Add(term.Second, 0 - times);
                return;
            case Operator.ZeroExtend when term.First.Width == 32:
                Add(term.First, times);
                return;
            case Operator.Extract when term.Lowest == 0 && term.Width == 32 && term.First.Operator is Operator.Add or Operator.Subtract:
                Add(term.First, times);
                return;
        }

        var low = term.Width == 32 ? term : Make.Extract(term, 0, 32);
        if (low.Operator is Operator.Constant or Operator.Add or Operator.Subtract)
        {
            Add(low, times);
            return;
        }

        var known = parts.TryGetValue(Key(low), out var part) ? part.Times : 0;
        if (known + times == 0) parts.Remove(Key(low));
        else parts[Key(low)] = (low, known + times);
    }
}
