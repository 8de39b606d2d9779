using RbpfSpec.Cil;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Host;

/// <summary>A claim about functions of numbers in the compiled code of the host.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sentence">What it says.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Hypotheses">What is known of the numbers.</param>
/// <param name="Conclusion">What then holds of what the code yields.</param>
/// <param name="Bugs">Changes that it must find, beside instructions that are read as others.</param>
internal sealed record CodeClaim(
    string Id,
    string Sentence,
    Clause Source,
    Sequence<Term> Hypotheses,
    Func<CompiledCode, Term> Conclusion,
    Sequence<CodeBug> Bugs)
{
    /// <summary>Values of variables for every other try, so that the hypotheses hold of them.</summary>
    public Sequence<(Term Variable, Term Value)> Suggested { get; init; } = [];

    // In how many parts of the code an instruction is read as another.
    private const int Places = 2;

    /// <summary>The claim.</summary>
    public Claim ToClaim() => new()
    {
        Id = Id,
        Sentence = Sentence,
        Source = Source,
        State = () => About(new()),
        Mutants =
        [
            .. Bugs.Select(bug => new Mutant(bug.Name, () => About(new(bug: bug)))),
            .. Enumerable.Range(0, Places).Select(place => new Mutant(
                $"an instruction of the compiled code is read as another ({place + 1} of {Places})", () => Mutated(place))),
        ],
    };

    private Proposition About(CompiledCode code)
    {
        var conclusion = Conclusion(code);
        return new(Hypotheses, conclusion & code.IsDefined, code.Show) { Suggested = Suggested };
    }

    // Which instruction is read as another is found when the mutant is asked for: most show on the first values tried.
    private Proposition Mutated(int place)
    {
        var whole = new CompiledCode();
        var proposition = About(whole);
        CilMutant[] mutants = [.. CilMutant.Of(whole.Met)];
        for (var i = 0; i < mutants.Length; i++)
        {
            proposition = About(new(mutants[(i + (place * mutants.Length / Places)) % mutants.Length]));
            if (proposition.Question(ClaimKind.Always).Sample() is { } sample && proposition.Replay(sample) is Replay.Shown)
                return proposition;
        }

        return proposition;
    }
}
