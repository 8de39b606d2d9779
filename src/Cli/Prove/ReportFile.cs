using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;

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
        var (usual, text) = format switch
        {
            ReportFormat.Json => ("proofs.json", JsonReport.Text(run)),
            ReportFormat.Junit => ("proofs.xml", JunitReport.Text(run)),
            ReportFormat.Sarif => ("proofs.sarif", SarifReport.Text(run)),
            ReportFormat.Html => ("proofs.html", HtmlReport.Text(run)),
        };
        var file = name ?? usual;
        Files.Write(file, Encoding.UTF8.GetBytes(text));
        Report.Line($"report: {file}");
    }
}
