namespace RbpfSpec.Ranges.Relations;

public sealed partial class RelationSet
{
    private const int FewTerms = 32;
    private static readonly (int Depth, int Steps)[] Depths = [(1, 1), (2, 6), (4, 10)];

    // A number that a form is never below, and one that no search exceeds.
    private Int128 Search(LinearForm form, Int128 enough, bool decides, out Int128 most)
    {
        most = Unreachable;
        var best = AtOnce(form);
        if (form.IsConstant || best >= enough) return best;
        var (equalities, rest) = Solved;
        form = equalities.Apply(form);
        Sought root = new(form, rest.AtOnce(form));
        best = Int128.Max(best, root.AtOnce);
        if (best < enough && rest.Reached(form) is { } reached)
        {
            most = Int128.Max(reached, best);
            if (decides && most < enough) return best;
        }

        // What follows of few facts is found before many are tried.
        var sought = Int128.Min(enough, most);
        foreach (var (depth, granted) in Depths)
        {
            if (best >= sought) return best;
            var steps = granted;
            best = Int128.Max(best, rest.Least(root, depth, sought, ref steps));
            if (steps == granted) break;
        }

        if (best < enough) most = best;
        return best;
    }

    // A form of which a bound is sought, with what is known of it at once: one that is given, or so many times another one
    // without a fact; and what it comes to without more facts.
    private sealed class Sought(LinearForm given, Int128 atOnce, LinearForm? fact = null, long times = 1, long factor = 0)
    {
        private LinearForm? form = fact is null ? given : null;

        public LinearForm Form => form ??= LinearForm.Combine(given, times, fact!, factor)!;

        public Int128 Times => times;

        public Int128 AtOnce => atOnce;

        public Sought[]? Rests { get; set; }
    }

    // The value with the highest number goes first: it was made last, of others. A fact that has it with the same sign takes it away.
    private Int128 Least(Sought sought, int depth, Int128 enough, ref int steps)
    {
        var best = sought.AtOnce;
        if (best >= enough || depth == 0 || sought.Form.IsConstant || --steps < 0) return best;
        var rests = sought.Rests ??= Rests(sought.Form);
        foreach (var rest in rests) best = Int128.Max(best, LinearForm.Ceiling(rest.AtOnce, rest.Times));
        foreach (var rest in rests)
        {
            if (best >= enough || steps < 0) return best;
            var least = Least(rest, depth - 1, rest.Times == 1 ? enough : Unreachable, ref steps);
            best = Int128.Max(best, LinearForm.Ceiling(least, rest.Times));
        }

        return best;
    }

    /// <summary>A number that a form is never below, by its values alone or by a fact that says no more than that.</summary>
    public Int128 AtOnce(LinearForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return form.IsWithin ? AtOnce(form.Terms, form.Constant) : Unbounded;
    }

    private Int128 AtOnce(ReadOnlySpan<LinearForm.Term> terms, Int128 constant)
    {
        var best = constant;
        foreach (var (value, factor) in terms)
        {
            var word = this[value];
            best += Times(factor, factor > 0 ? word?.Least ?? 0 : word?.Greatest ?? ulong.MaxValue);
        }

        if (facts.Length == 0 || terms.IsEmpty) return best;
        hashes ??= Array.ConvertAll(facts, static fact => fact.TermsHash);
        var (hash, start) = (LinearForm.HashOf(terms), 0);
        while (Array.IndexOf(hashes, hash, start) is >= 0 and var index)
        {
            start = index + 1;
            if (facts[index].HasTerms(terms)) best = Int128.Max(best, constant - facts[index].Constant);
        }

        return best;
    }

    private static Int128 Times(long factor, ulong number) => factor switch
    {
        1 => number,
        -1 => -(Int128)number,
        _ => (Int128)factor * number,
    };

    // The form, perhaps some times, without facts that have a value with the same sign, or with the least that the value adds alone:
    // those first that say most at once. One value is enough to begin with, if facts say anything of it.
    private Sought[] Rests(LinearForm form)
    {
        Span<LinearForm.Term> room = stackalloc LinearForm.Term[FewTerms];
        foreach (var (value, factor) in form.Terms)
        {
            var told = 0;
            foreach (var fact in facts) told += IsAlike(fact.FactorOf(value), factor) ? 1 : 0;
            if (told == 0) continue;
            var rests = new Sought[told + 1];
            var count = 0;
            foreach (var fact in facts)
            {
                var other = fact.FactorOf(value);
                if (!IsAlike(other, factor)) continue;
                var times = Math.Abs(other);
                var most = form.Terms.Length + fact.Terms.Length;
                Span<LinearForm.Term> terms = most <= room.Length ? room : new LinearForm.Term[most];
                if (LinearForm.Combine(form, times, fact, -Math.Abs(factor), ref terms, out var constant))
                    Insert(rests, count++, new(form, AtOnce(terms, constant), fact, times, -Math.Abs(factor)));
            }

            if (form.Terms.Length > 1 && Alone(form, value, factor) is { } others)
                Insert(rests, count++, new(others, AtOnce(others)));
            return count == rests.Length ? rests : rests[..count];
        }

        return [];
    }

    private static bool IsAlike(long one, long other) => one != 0 && (one > 0) == (other > 0);

    // Behind those that say as much.
    private static void Insert(Sought[] rests, int count, Sought rest)
    {
        var at = count;
        for (; at > 0 && rests[at - 1].AtOnce < rest.AtOnce; at--) rests[at] = rests[at - 1];
        rests[at] = rest;
    }

    // In place of a value, the least that it adds.
    private LinearForm? Alone(LinearForm form, long value, Int128 factor)
    {
        var (least, greatest) = RangeOf(value);
        return LinearForm.Combine(form, 1, LinearForm.Of(value, factor, -factor * (factor > 0 ? least : greatest)), -1);
    }
}
