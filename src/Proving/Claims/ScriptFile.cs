using System.Text;
using RbpfSpec.Symbolic.Questions;

namespace RbpfSpec.Proving.Claims;

/// <summary>A question as a file that any solver accepts, with what it is about in comments.</summary>
/// <param name="Name">The path, relative to the folder of all such files, with slashes.</param>
/// <param name="Text">SMT-LIB 2.</param>
public sealed record ScriptFile(string Name, string Text)
{
    /// <summary>The ending of the names of all of them.</summary>
    internal const string Extension = ".smt2";

    /// <summary>The names of the files of a claim.</summary>
    internal static IEnumerable<string> NamesOf(Claim claim) =>
        Enumerable.Range(0, claim.Mutants.Count + 1).Select(number => NameOf(claim, number));

    /// <summary>The files of a claim: its own and one for each mutant.</summary>
    public static IEnumerable<ScriptFile> Of(Claim claim)
    {
        var unsatisfiable = claim.Kind is ClaimKind.Always;
        yield return new(NameOf(claim, 0), Write(
            claim,
            [unsatisfiable ? "Expected: unsat, for there is no exception." : "Expected: sat, for some values show it."],
            unsatisfiable ? "unsat" : "sat",
            claim.State().Question(claim.Kind)));
        for (var i = 0; i < claim.Mutants.Count; i++)
        {
            yield return new(NameOf(claim, i + 1), Write(
                claim,
                [
                    $"Mutant: {claim.Mutants[i].Name}.",
                    unsatisfiable ? "Expected: sat, for the claim must not hold of it."
                        : "Expected: unsat, for the claim must not hold of it.",
                ],
                unsatisfiable ? "sat" : "unsat",
                claim.Mutants[i].State().Question(claim.Kind)));
        }
    }

    private static string Write(Claim claim, string[] remarks, string status, Question question)
    {
        var text = new StringBuilder();
        foreach (var remark in (string[])[$"Claim: {claim.Id}", claim.Sentence, $"Source: {claim.Source}.", .. remarks])
            text.Append("; ").Append(remark.ReplaceLineEndings(" ")).Append('\n');
        return text.Append("(set-info :status ").Append(status).Append(")\n").Append(question.Script.Text)
            .Append("(check-sat)\n").ToString();
    }

    // Of number 0 the claim's own, and then its mutants'.
    private static string NameOf(Claim claim, int number) =>
        FileName(claim.Id) + (number == 0 ? "" : FormattableString.Invariant($".mutant-{number}")) + Extension;

    // Ids hold characters that some file systems do not.
    private static string FileName(string id) => string.Concat(id.Select(character =>
        char.IsAsciiLetterOrDigit(character) || character is '/' or '-' or '_' or '.' or '@' or '[' or ']' or '+' ? character : '_'));
}
