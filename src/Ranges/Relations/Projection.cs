namespace RbpfSpec.Ranges.Relations;

/// <summary>Takes values out of facts: two that have one with opposite signs are added so that it goes.</summary>
internal static class Projection
{
    // More pairs than that are not added, but all facts about the value forgotten.
    private const int MostPairs = 24;

    /// <summary>Facts about some values only, all of which follow of those of a set.</summary>
    /// <param name="relations">The set.</param>
    /// <param name="held">The values.</param>
    public static LinearForm[] Of(RelationSet relations, IReadOnlySet<long> held)
    {
        List<LinearForm> facts = [.. relations.Facts];

        // What was made last first: it was made of others.
        for (var i = relations.Values.Length - 1; i >= 0; i--)
        {
            var value = relations.Values[i].Number;
            if (!held.Contains(value)) Remove(facts, value, relations);
        }

        facts.RemoveAll(fact => !AreHeld(fact, held));
        return [.. facts];
    }

    private static bool AreHeld(LinearForm fact, IReadOnlySet<long> held)
    {
        foreach (var term in fact.Terms)
        {
            if (!held.Contains(term.Value)) return false;
        }

        return true;
    }

    private static void Remove(List<LinearForm> facts, long value, RelationSet relations)
    {
        List<LinearForm> above = [], below = [];
        foreach (var fact in facts)
        {
            var factor = fact.FactorOf(value);
            if (factor > 0) above.Add(fact);
            else if (factor < 0) below.Add(fact);
        }

        if (above.Count + below.Count == 0) return;
        facts.RemoveAll(fact => fact.FactorOf(value) != 0);
        foreach (var one in above)
        {
            // An equality says all that the value has to do with others.
            if (one.FactorOf(value) != 1 || below.Find(one.IsNegationOf) is not { } other) continue;
            foreach (var fact in above) Add(facts, Sum(fact, other, value), relations);
            foreach (var fact in below) Add(facts, Sum(one, fact, value), relations);
            return;
        }

        var (least, greatest) = relations.RangeOf(value);
        if (above.Count * below.Count <= MostPairs)
        {
            foreach (var one in above)
            {
                foreach (var other in below) Add(facts, Sum(one, other, value), relations);
            }
        }

        foreach (var one in above) Add(facts, Sum(one, LinearForm.Of(value, -1, greatest), value), relations);
        foreach (var other in below) Add(facts, Sum(LinearForm.Of(value, 1, -least), other, value), relations);
    }

    private static LinearForm? Sum(LinearForm above, LinearForm below, long value) =>
        LinearForm.Combine(above, -(Int128)below.FactorOf(value), below, above.FactorOf(value));

    // Of two facts with the same terms one says all.
    private static void Add(List<LinearForm> facts, LinearForm? fact, RelationSet relations)
    {
        if (fact is null || fact.IsConstant || relations.Bounds(fact).Lowest >= 0) return;
        fact = fact.Reduced();
        for (var i = 0; i < facts.Count; i++)
        {
            if (!facts[i].HasTermsOf(fact)) continue;
            if (fact.Constant < facts[i].Constant) facts[i] = fact;
            return;
        }

        facts.Add(fact);
    }
}
