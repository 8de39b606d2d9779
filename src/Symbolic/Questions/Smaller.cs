using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Symbolic.Questions;

/// <summary>Makes models easier to read: what does not matter becomes zero, and what does as small as it can easily be.</summary>
public static class Smaller
{
    private static readonly int[] Widths = [8, 16, 32];

    /// <summary>A model that answers a question with yes as another does, with no more in it than that takes.</summary>
    /// <param name="question">The question.</param>
    /// <param name="model">Values that answer it with yes; if they do not, they are left as they are.</param>
    public static Assignment Of(Question question, Assignment model)
    {
        if (!question.IsMet(model)) return model;
        model = Kept(model with { Element = (_, _) => 0 }) ?? model;
        model = Kept(model with { Function = (_, _) => 0 }) ?? model;
        foreach (var variable in question.Variables)
        {
            var value = model.Variable(variable);
            foreach (var smaller in Candidates(value))
            {
                if (Kept(model.With(variable, smaller)) is not { } found) continue;
                model = found;
                break;
            }
        }

        return model;

        Assignment? Kept(Assignment changed) => question.IsMet(changed) ? changed : null;
    }

    private static IEnumerable<ulong> Candidates(ulong value) =>
        ((Sequence<ulong>)[0, 1, 2, .. Widths.Select(width => value & (ulong.MaxValue >> (64 - width)))])
            .Where(smaller => smaller < value).Distinct();

    private static Assignment With(this Assignment model, Term variable, ulong value) =>
        model with { Variable = other => ReferenceEquals(other, variable) ? value : model.Variable(other) };
}
