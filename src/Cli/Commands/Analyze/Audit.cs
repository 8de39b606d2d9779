using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs.Audits;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary><c>rbpf analyze --audit</c>: what a report says, confirmed by a solver alone.</summary>
public static class Audit
{
    // Questions about sums of products with a loop's rounds take up to some seconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Audits a report, and says what is proved and what is not; whether all is proved.</summary>
    /// <param name="report">The report.</param>
    /// <param name="isQuiet">Whether what is proved is told nobody, since the output is JSON.</param>
    /// <exception cref="UsageException">There is no solver.</exception>
    public static bool Print(RangeReport report, bool isQuiet)
    {
        if (!report.Problems.IsEmpty) throw new UsageException($"--audit: there is nothing to audit: {report.Problems[0]}");
        switch (SolverFactory.Open(SolverFactory.Default))
        {
            case SolverSession.Opened(var session):
                using (session)
                {
                    var watch = Stopwatch.StartNew();
                    return Print(CertificateAudit.Of(report, session, Limit), session, watch.Elapsed, isQuiet);
                }

            case SolverSession.Unavailable(var reason):
                throw new UsageException($"--audit: {reason}");
            default:
                throw new UnreachableException();
        }
    }

    private static bool Print(CertificateAudit audit, ISolver solver, TimeSpan time, bool isQuiet)
    {
        foreach (var (from, to, what) in audit.Problems)
        {
            var line = to is { } slot
                ? $"{(from < 0 ? "where runs begin" : $"slot {Number(from)}")} to slot {Number(slot)}: {what}"
                : $"slot {Number(from)}: {what}";
            if (isQuiet) Console.Error.WriteLine($"rbpf: the audit does not prove: {line}");
            else Report.Bad($"audit, not proved: {line}");
        }

        if (isQuiet) return audit.IsProved;
        var seconds = time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        var all = audit.Edges + audit.Traps + audit.Loops;
        var text = $"audit: {Number(all - audit.Problems.Count)} of {Number(all)} proved ({Number(audit.Edges)} edges, "
            + $"{Number(audit.Traps)} traps, {Number(audit.Loops)} bounds of loops), {Number(audit.Questions)} questions to "
            + $"{solver.Name} {solver.Version}, {seconds} s";
        if (audit.IsProved) Report.Good(text);
        else Report.Bad(text);
        return audit.IsProved;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
