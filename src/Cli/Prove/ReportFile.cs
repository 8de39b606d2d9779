using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proving.Reports;

namespace RbpfSpec.Cli.Prove;

/// <summary>Reports on a run in files.</summary>
public static class ReportFile
{
    /// <summary>Writes one.</summary>
    /// <param name="format">Its form.</param>
    /// <param name="name">Its name; null for the usual one.</param>
    /// <param name="run">What it reports on.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Write(ReportFormat format, string? name, RunResult run)
    {
        var text = format switch
        {
            ReportFormat.Json => JsonReport.Text(run),
            ReportFormat.Junit => JunitReport.Text(run),
            ReportFormat.Sarif => SarifReport.Text(run),
            ReportFormat.Html => HtmlReport.Text(run),
        };
        Files.Write(Name(format, name), Encoding.UTF8.GetBytes(text));
        Report.Line($"report: {Name(format, name)}");
    }

    /// <summary>Tries the file before anything takes time.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Prepare(ReportFormat format, string? name) => OutputFiles.Prepare(Name(format, name));

    private static string Name(ReportFormat format, string? name) => name ?? format switch
    {
        ReportFormat.Json => "proofs.json",
        ReportFormat.Junit => "proofs.xml",
        ReportFormat.Sarif => "proofs.sarif",
        ReportFormat.Html => "proofs.html",
    };
}
