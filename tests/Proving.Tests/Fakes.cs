using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Tests;

/// <summary>Small claims about one byte each, named after what a <see cref="FakeSolver"/> is to say of them.</summary>
internal static class Fakes
{
    /// <summary>A claim with one mutant, whose bug shows on nearly all values.</summary>
    public static Claim Claim(string id, params Mutant[] mutants)
    {
        var value = Make.Variable(id, 8);
        return new()
        {
            Id = id,
            Sentence = $"The byte {id} is zero.",
            Source = Clause.Spec("test"),
            State = () => About(value.EqualTo(0)),
            Mutants = mutants.Length > 0
                ? mutants.ToSequence()
                : [new("it is one", () => About(Make.Variable($"{id}/bug", 8).EqualTo(1)))],
        };
    }

    /// <summary>Claims whose ids end with numbers from zero.</summary>
    public static Claim[] Claims(string id, int count) => [.. Enumerable.Range(0, count).Select(number => Claim($"{id}-{number}"))];

    /// <summary>A proposition that shows every model.</summary>
    public static Proposition About(Term conclusion) => new([], conclusion, _ => new Replay.Shown(["a program", "a state"]));
}
