using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Questions;

/// <summary>Values tried before a solver is asked: most mutants show on the first few edges, in far less time.</summary>
/// <remarks>The values depend on the assertions alone, so every run finds the same ones.</remarks>
public static class Sampling
{
    /// <summary>How many tries are few: in less time than a solver takes to answer.</summary>
    public const int Few = 48;

    private static readonly ulong[] Edges =
    [
        0, 1, 2, 3, 7, 8, 31, 32, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
        0x1_0000_0001, 0x8000_0000_8000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_0000_0000, ulong.MaxValue - 1,
            ulong.MaxValue,
    ];

    /// <summary>Values under which all assertions hold, if one of the tries meets them; else null.</summary>
    /// <param name="assertions">The assertions.</param>
    /// <param name="attempts">The number of tries.</param>
    /// <param name="suggested">
    /// What variables are in every other try: each said by variables before it, and by others that are tried, too.
    /// </param>
    public static Assignment? Find(
        IReadOnlyList<Term> assertions, int attempts, Sequence<(Term Variable, Term Value)> suggested = default)
    {
        if (assertions.Any(assertion => assertion.IsFalse)) return null;
        var seed = assertions.Aggregate(0UL, (hash, assertion) => Mix(hash, assertion.Fingerprint));
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            var assignment = Attempt(Mix(seed, (ulong)attempt));
            if (!suggested.IsEmpty && attempt % 2 == 0) assignment = With(assignment, suggested);
            if (assertions.All(assertion => assignment.Evaluate(assertion) == UInt128.One)) return assignment;
        }

        return null;
    }

    private static Assignment Attempt(ulong seed) => new(
        variable => Value(Mix(seed, variable.Fingerprint), variable.Width),
        (array, index) => Element(Mix(Mix(seed, array.Fingerprint), index), array.Sort),
        (application, operands) => operands.Aggregate(Mix(seed, (ulong)application.Name.Length), Mix) & Bits(application.Width));

    // Bytes are any; wider elements are like variables.
    private static ulong Element(ulong random, Sort sort) =>
        sort is Sort.Array(_, var width) && width > 8 ? Value(Mix(random, 1), width) : random & 0xff;

    private static Assignment With(Assignment assignment, Sequence<(Term Variable, Term Value)> suggested)
    {
        Dictionary<Term, ulong> values = new(ReferenceEqualityComparer.Instance);
        var with = assignment with
        {
            Variable = variable =>
            values.TryGetValue(variable, out var value) ? value : assignment.Variable(variable)
        };
        foreach (var (variable, value) in suggested) values[variable] = (ulong)with.Evaluate(value);
        return with;
    }

    // Half of the values are edges; a truth value is any bit.
    private static ulong Value(ulong random, int width) =>
        ((random & 1) == 0 ? Edges[(random >> 8) % (ulong)Edges.Length] : random >> 1) & Bits(width);

    private static ulong Bits(int width) => width == 0 ? 1 : ulong.MaxValue >> (64 - width);

    private static ulong Mix(ulong hash, ulong value)
    {
        hash = unchecked((hash ^ value) * 0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
        hash = unchecked(hash * 0xd6e8_feb8_6659_fd93);
        return hash ^ (hash >> 32);
    }
}
