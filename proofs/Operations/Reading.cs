using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Operations;

/// <summary>
/// The claims that comparisons with the transcriptions rely on: that terms read from <c>spec/reference</c> mean what is
/// written there.
/// </summary>
/// <remarks>
/// The script holds the definition's own text, which the solver reads by itself, and asserts that its value is not that
/// of the terms that our reader made of it.
/// </remarks>
public static class Reading
{
    // What a solver tells of a value at once.
    private const int Widest = 64;

    /// <summary>One claim for every definition.</summary>
    public static IEnumerable<Claim> Claims =>
        from name in Reference.Definitions.Names
        select new Claim
        {
            Id = $"reader/{name.Replace(':', '/')}",
            Sentence = $"The terms read from the definition of {name} have the value that its text has, for all values of its parameters.",
            Source = Clause.Spec("terms"),
            State = () => About(name, term => term),
            Mutants = [new("the terms are others", () => About(name, Simplification.Wrong))],
        };

    private static Proposition About(string name, Func<Term, Term> change)
    {
        var definitions = Reference.Definitions;
        var parameters = definitions.Parameters(name).ToArray();
        var read = definitions.Call(name, parameters);
        var written = Make.Apply(name, read.Sort, parameters);
        Sequence<(Term Text, Term Written, Term Read)> parts =
        [
            .. Parts(written).Zip(Parts(read), (text, term) => (text, change(term)))
                .Select((part, index) => (Make.Variable($"text{index}", part.text.Sort), part.text, part.Item2)),
        ];
        var text = definitions.TextOf(name);
        Term[] declared = [.. parameters, .. read.Sort is Sort.Array ? [Index(read)] : (Term[])[]];
        return new(
            [],
            Make.All(parts.Select(part => part.Text.EqualTo(part.Read))),
            assignment => Show(name, parts, assignment))
        {
            Prelude = new(
                string.Concat(
                [
                    text.Text,
                    .. declared.Select(variable => $"(declare-fun {variable} () {variable.Sort})\n"),
                    .. parts.Select(part => $"(define-fun {part.Text} () {part.Text.Sort} {part.Written})\n"),
                ]),
                new HashSet<string>(
                    [.. text.Names, .. declared.Select(variable => variable.Name), .. parts.Select(part => part.Text.Name)])),
        };
    }

    // Arrays are compared where any index leads, written as they stand so that solvers see that they are the same; wide
    // words are compared by halves.
    private static IEnumerable<Term> Parts(Term term) => term.Sort switch
    {
        Sort.Array(_, var element) => [Make.Raw(Operator.Select, Sort.Of(element), [term, Index(term)])],
        Sort.BitVector(> Widest and var width) => [term.Bits(0, Widest), term.Bits(Widest, width - Widest)],
        Sort.BitVector or Sort.Bool => [term],
    };

    private static Term Index(Term array) => Make.Variable("index", ((Sort.Array)array.Sort).Index);

    private static Replay Show(string name, Sequence<(Term Text, Term Written, Term Read)> parts, Assignment assignment)
    {
        foreach (var (text, written, read) in parts)
        {
            var (meant, made) = (assignment.Evaluate(text), assignment.Evaluate(read));
            if (meant != made) return new Replay.Shown([$"{written} is {meant} by the text", $"the terms read from it give {made}"]);
        }

        return new Replay.NotShown($"{name} has the same value by its text and by the terms");
    }
}
