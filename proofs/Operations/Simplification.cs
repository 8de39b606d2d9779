using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Terms.Rewrites;

namespace RbpfSpec.Proofs.Operations;

/// <summary>The claims that the other families rely on: simpler terms have the same values.</summary>
/// <remarks>
/// Each rewrite on terms of each shape that it fits, in 8 bits where the width does not matter; the terms are put to
/// the solver as they stand, so that no rewrite helps to prove itself.
/// </remarks>
public static class Simplification
{
    /// <summary>One claim for every rewrite and operator.</summary>
    public static IEnumerable<Claim> Claims =>
        from entry in Simplifier.Rewrites
        select new Claim
        {
            Id = $"simplification/{entry.Operator.Name()}/{entry.Rewrite.Name}",
            Sentence = $"The rewrite {entry.Rewrite.Name} of {entry.Operator.Name()} keeps the value of every term of the shapes it fits.",
            Source = Clause.Spec("terms"),
            State = () => About(entry.Rewrite, result => result),
            Mutants = [new("the result is another", () => About(entry.Rewrite, Wrong))],
        };

    private static Proposition About(Rewrite rewrite, Func<Term, Term> change)
    {
        List<(Term Sample, Term Result)> pairs =
        [
            .. from sample in rewrite.Samples()
               let result = rewrite.Apply(sample)
                   ?? throw new InvalidOperationException($"the rewrite {rewrite.Name} does not fit its sample {sample}")
               select (sample, change(result)),
        ];
        return new([], pairs.Select(pair => Same(pair.Sample, pair.Result)).Aggregate(Both), assignment => Show(pairs, assignment));
    }

    /// <summary>Another value, whatever the value is.</summary>
    internal static Term Wrong(Term result) => result.Sort is Sort.Bool
        ? Make.Raw(Operator.Not, Sort.Truth, [result])
        : Make.Raw(Operator.Add, result.Sort, [result, Make.Constant(1, result.Width)]);

    private static Term Same(Term left, Term right) => Make.Raw(Operator.Equal, Sort.Truth, [left, right]);

    private static Term Both(Term left, Term right) => Make.Raw(Operator.And, Sort.Truth, [left, right]);

    private static Replay Show(IEnumerable<(Term Sample, Term Result)> pairs, Assignment assignment)
    {
        foreach (var (sample, result) in pairs)
        {
            var (before, after) = (assignment.Evaluate(sample), assignment.Evaluate(result));
            if (before != after) return new Replay.Shown([$"{sample} is {before}", $"{result} is {after}"]);
        }

        return new Replay.NotShown("every sample keeps its value");
    }
}
