namespace RbpfSpec.Ranges.Relations;

/// <summary>The values that others determine, as facts say both ways: so that two forms that are equal look alike.</summary>
public sealed class Equalities
{
    private readonly List<(long Value, LinearForm Form)> solved = [];

    private Equalities()
    {
    }

    /// <summary>The equalities among the facts of a set, and the values that are one number.</summary>
    public static Equalities Of(RelationSet relations)
    {
        var equalities = new Equalities();
        foreach (var (value, word) in relations.Values)
        {
            if (word.IsKnown(out var number)) equalities.solved.Add((value, LinearForm.Of(number)));
        }

        var facts = relations.Facts;
        for (var i = 0; i < facts.Length; i++)
        {
            for (var j = i + 1; j < facts.Length; j++)
            {
                if (facts[i].IsNegationOf(facts[j])) equalities.Add(facts[i]);
            }
        }

        return equalities;
    }

    /// <summary>The values that others determine, and how.</summary>
    public IReadOnlyList<(long Value, LinearForm Form)> Solved => solved;

    /// <summary>An equal form in which no value is left that others determine.</summary>
    public LinearForm Apply(LinearForm form)
    {
        foreach (var (value, other) in solved)
        {
            var factor = form.FactorOf(value);
            if (factor == 0) continue;
            if (LinearForm.Combine(form, 1, LinearForm.Of(value, 1, 0), -factor) is { } rest
                && LinearForm.Combine(rest, 1, other, factor) is { } replaced)
            {
                form = replaced;
            }
        }

        return form;
    }

    // That a form is zero: solved for the value made last, if it occurs once.
    private void Add(LinearForm zero)
    {
        zero = Apply(zero);
        foreach (var (value, factor) in zero.Terms)
        {
            if (factor is not (1 or -1)) continue;
            var rest = LinearForm.Combine(zero, -factor, LinearForm.Of(value, 1, 0), 1)!;
            for (var i = 0; i < solved.Count; i++)
            {
                var (known, form) = solved[i];
                var times = form.FactorOf(value);
                if (times == 0) continue;
                if (LinearForm.Combine(form, 1, LinearForm.Of(value, 1, 0), -times) is { } less
                    && LinearForm.Combine(less, 1, rest, times) is { } replaced)
                {
                    solved[i] = (known, replaced);
                }
            }

            solved.Add((value, rest));
            return;
        }
    }
}
