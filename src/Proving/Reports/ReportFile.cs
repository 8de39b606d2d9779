using System.Text;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Proving.Reports;

/// <summary>Reports on a run in files.</summary>
public static class ReportFile
{
    /// <summary>Writes one, and yields its name.</summary>
    /// <param name="format">Its form.</param>
    /// <param name="name">Its name; null for the usual one.</param>
    /// <param name="run">What it reports on.</param>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static string Write(ReportFormat format, string? name, RunResult run)
    {
        var text = format switch
        {
            ReportFormat.Json => JsonReport.Text(run),
            ReportFormat.Junit => JunitReport.Text(run),
            ReportFormat.Sarif => SarifReport.Text(run),
            ReportFormat.Html => HtmlReport.Text(run),
        };
        var file = Name(format, name);
        Files.Write(file, Encoding.UTF8.GetBytes(text));
        return file;
    }

    /// <summary>Tries the file before anything takes time.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Prepare(ReportFormat format, string? name) => OutputFiles.Prepare(Name(format, name));

    private static string Name(ReportFormat format, string? name) => name ?? format switch
    {
        ReportFormat.Json => "proofs.json",
        ReportFormat.Junit => "proofs.xml",
        ReportFormat.Sarif => "proofs.sarif",
        ReportFormat.Html => "proofs.html",
    };
}
