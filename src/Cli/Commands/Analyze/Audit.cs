using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Proofs.Audits;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary><c>rbpf analyze --audit</c>: what a report says, confirmed by a solver alone.</summary>
/// <param name="IsProved">Whether all is proved.</param>
/// <param name="Problems">What is not proved, a line each.</param>
/// <param name="Text">How much is proved, in one line.</param>
public sealed record Audit(bool IsProved, Sequence<string> Problems, string Text)
{
    // Questions about sums of products with a loop's rounds take up to some seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Audits a report.</summary>
    /// <exception cref="UsageException">There is no solver, or nothing to audit.</exception>
    public static Audit Of(RangeReport report)
    {
        if (!report.Problems.IsEmpty) throw new UsageException($"--audit: there is nothing to audit: {report.Problems[0]}");
        switch (SolverFactory.Open(SolverFactory.Default))
        {
            case SolverSession.Opened(var session):
                using (session)
                {
                    var watch = Stopwatch.StartNew();
                    return Of(CertificateAudit.Of(report, session, Limit), session, watch.Elapsed);
                }

            case SolverSession.Unavailable(var reason):
                throw new UsageException($"--audit: {reason}");
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Prints the problems, and how much is proved.</summary>
    public void Print(ITextReport to)
    {
        foreach (var problem in Problems) to.Bad($"audit, not proved: {problem}");
        if (IsProved) to.Good(Text);
        else to.Bad(Text);
    }

    private static Audit Of(CertificateAudit audit, ISolver solver, TimeSpan time)
    {
        var problems = audit.Problems.Select(static problem => problem.To is { } slot
            ? $"{(problem.From < 0 ? "where runs begin" : $"slot {Number(problem.From)}")} to slot {Number(slot)}: {problem.What}"
            : $"slot {Number(problem.From)}: {problem.What}").ToSequence();
        var seconds = time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var all = audit.Edges + audit.Traps + audit.Loops;
        return new(
            audit.IsProved,
            problems,
            $"audit: {Number(all - audit.Problems.Count)} of {Number(all)} proved ({Counted.Of(audit.Edges, "edge")}, "
                + $"{Counted.Of(audit.Traps, "trap")}, {Counted.Of(audit.Loops, "bound of loops", "bounds of loops")}), "
                + $"{Counted.Of(audit.Questions, "question")} to {solver.Name} {solver.Version}, {seconds} s");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
