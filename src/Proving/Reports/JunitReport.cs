using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>A run in the XML of JUnit: a test case a claim, a suite a family.</summary>
public static class JunitReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run) => new Junit("rbpf prove", run.Results.Map(result => Case(result, run.Findings))).ToString();

    private static JunitCase Case(Result result, Findings findings) => new(
        result.Claim.Family,
        result.Claim.Family,
        result.Claim.Id,
        result.Verdict switch
        {
            Verdict.Proved => null,
            Verdict.Refuted => Problem(JunitProblemKind.Failure, findings.Of(result)),
            Verdict.Undecided => Problem(JunitProblemKind.Error, findings.Of(result)),
        })
    {
        Time = result.Time,
    };

    private static JunitProblem Problem(JunitProblemKind kind, Finding finding)
    {
        var word = finding.Result.Verdict.Word;
        return new(kind, word, $"{word}: {finding.Result.Claim.Sentence}", string.Join('\n', finding.Lines.Skip(1)));
    }
}
