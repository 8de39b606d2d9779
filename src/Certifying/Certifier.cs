using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Certifying;

/// <summary>The result of certifying that assertions cannot hold together.</summary>
public abstract record Certification
{
    private Certification()
    {
    }

    /// <summary>The result in a few words.</summary>
    public string Word => this switch
    {
        Checked => "proof checked",
        Simplified => "by simplification",
        Excluded(var reason) => $"not certified: {reason}",
        Failed(var problem) => $"not certified: {problem}",
        Contradicted => "contradicted",
    };

    /// <summary>They cannot: simplification alone made one of them false.</summary>
    public sealed record Simplified : Certification;

    /// <summary>They cannot: a proof was found, and checked.</summary>
    /// <param name="Clauses">How many clauses they are.</param>
    /// <param name="ProofBytes">The size of the proof in bytes.</param>
    public sealed record Checked(int Clauses, int ProofBytes) : Certification;

    /// <summary>They were not put to the solver of clauses.</summary>
    /// <param name="Reason">What of them is left out, in a word or two.</param>
    public sealed record Excluded(string Reason) : Certification;

    /// <summary>There is no answer, or a proof that is none.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Failed(string Problem) : Certification;

    /// <summary>As clauses, they can hold, though nothing was left open on the way: somebody is wrong.</summary>
    public sealed record Contradicted : Certification;
}

/// <summary>Certifies refutations without the solver that has found them.</summary>
/// <param name="Limit">The time for one proof.</param>
public sealed record Certifier(TimeSpan Limit)
{
    /// <summary>Why there can be no certification here; null if there can.</summary>
    public static string? Missing => SatSolver.Version is null
        ? $"there is no {SatSolver.Program} here; expected the Debian package of that name, for --certify" : null;

    /// <summary>The solver of clauses, with its version.</summary>
    public static string Solver => $"{SatSolver.Program} {SatSolver.Version}";

    /// <summary>Certifies that a question has no answer.</summary>
    /// <remarks>
    /// First with products, quotients and sums replaced by anything, which is less to refute, and enough if that is refuted; then as it is.
    /// Of a question that rests on text, the text is read anew, by another reader than the one that it asks about.
    /// </remarks>
    public Certification Certify(Question question)
    {
        if (question.IsContradictory) return new Certification.Simplified();
        if (question.HasText) return CertifyText(question.Script.Text);
        var easier = question.AbstractedAssertions is { } abstracted ? Certify(abstracted, isWhole: false) : null;
        return easier is Certification.Checked ? easier : Certify(question.Assertions, isWhole: true);
    }

    private Certification CertifyText(string script)
    {
        try
        {
            return Certify(ScriptReader.Assertions(script), isWhole: true);
        }
        catch (FormatException exception)
        {
            return new Certification.Failed($"its text is not read: {exception.Message}");
        }
    }

    private Certification Certify(IReadOnlyList<Term> assertions, bool isWhole)
    {
        if (BitBlaster.Of(assertions, out var loose) is not { } clauses) return new Certification.Excluded(loose);
        if (!isWhole) loose = "what is not replaced";

        // Where two circuits turn out to be the same one, nothing is left to refute.
        if (clauses.IsContradictory) return Followed(clauses, []);
        return SatSolver.HasValues(clauses, Limit, out var proof, out var problem) switch
        {
            null => new Certification.Failed(problem),
            true when loose == "" => new Certification.Contradicted(),
            true => new Certification.Excluded(loose),
            false => Followed(clauses, proof),
        };
    }

    private static Certification Followed(Clauses clauses, byte[] proof) => ProofChecker.Problem(clauses, proof) is { } fault
        ? new Certification.Failed($"the proof is none: {fault}")
        : new Certification.Checked(clauses.Lists.Count, proof.Length);
}
