namespace RbpfSpec.Symbolic.Terms;

/// <summary>When two terms are the same: operator, sort, own data, and the very same operands.</summary>
internal static class Structure
{
    private const ulong Basis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    /// <summary>Compares by structure, given that operands are shared already.</summary>
    public static IEqualityComparer<Term> Comparer { get; } = EqualityComparer<Term>.Create(Same, term => (int)term.Fingerprint);

    /// <summary>A hash of all that <see cref="Comparer"/> compares.</summary>
    public static ulong FingerprintOf(Term term)
    {
        var hash = Mix(Basis, (ulong)term.Operator);
        hash = term.Sort switch
        {
            Sort.Bool => Mix(hash, 0),
            Sort.BitVector(var width) => Mix(hash, (ulong)width),
            Sort.Array(var index, var element) => Mix(Mix(hash, 1000 + (ulong)index), (ulong)element),
        };
        hash = Mix(Mix(Mix(hash, term.Low), term.High), (ulong)term.Lowest);
        foreach (var character in term.Name) hash = Mix(hash, character);
        foreach (var argument in term.Arguments) hash = Mix(hash, argument.Fingerprint);
        return hash;
    }

    private static bool Same(Term? left, Term? right)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null) return false;
        if (left.Fingerprint != right.Fingerprint || left.Operator != right.Operator || left.Low != right.Low || left.High != right.High
            || left.Lowest != right.Lowest || left.Arguments.Length != right.Arguments.Length
            || left.Name != right.Name || !(ReferenceEquals(left.Sort, right.Sort) || left.Sort == right.Sort))
        {
            return false;
        }

        for (var i = 0; i < left.Arguments.Length; i++)
        {
            if (!ReferenceEquals(left.Arguments[i], right.Arguments[i])) return false;
        }

        return true;
    }

    // FNV on whole words, then a finaliser: neighbouring constants must not stay neighbours.
    private static ulong Mix(ulong hash, ulong value)
    {
        hash = unchecked((hash ^ value) * Prime);
        hash ^= hash >> 32;
        hash = unchecked(hash * 0x9e3779b97f4a7c15);
        return hash ^ (hash >> 29);
    }
}
