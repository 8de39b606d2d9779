using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

using static RbpfSpec.Reports.HtmlPage;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Results as one page that needs nothing else: what deviates first, then tables by group, outcome and rule.</summary>
public sealed class VectorPage
{
    private const string Style = """
        th, td { text-align: left; } td.number { text-align: right; }

        """;

    // In characters: programs of deviations until there are so many, names of vectors until there are so many more.
    private const int MostOfPrograms = 150_000;
    private const int MostOfNames = 90_000;

    private readonly Sequence<TestResult> results;
    private readonly HtmlPage page;

    private VectorPage(Sequence<TestResult> results, string machine)
    {
        this.results = results;
        page = new($"Conformance of {machine}", Style);
    }

    /// <summary>The page.</summary>
    /// <param name="results">The results.</param>
    /// <param name="machine">The machine's name.</param>
    /// <param name="causes">What explains the deviations; nothing if it is not known.</param>
    /// <param name="reporter">What words causes.</param>
    public static string Text(Sequence<TestResult> results, string machine, IReadOnlyList<ShownCause> causes, CauseReport reporter) =>
        new VectorPage(results, machine).Written(causes, reporter);

    private string Written(IReadOnlyList<ShownCause> causes, CauseReport reporter)
    {
        page.Paragraph(Escape(ResultGroups.Totals(results, "run")));
        foreach (var remark in CauseReport.Remarks(results)) page.Paragraph(Escape(remark));
        if (causes.Count > 0) page.Heading(2, "Probable causes");
        foreach (var shown in causes.TakeWhile(_ => page.Length < MostOfPrograms / 2))
        {
            page.Heading(3, $"{Escape(shown.Cause.Name)}: {shown.Cause.Deviating} of {shown.Cause.Total}");
            page.Lines(reporter.Lines(shown));
        }

        var deviations = results.Where(result => result.IsDeviation).ToList();
        page.Heading(2, deviations.Count == 0 ? "No deviations" : "Deviations");
        Until(MostOfPrograms, deviations, Deviation, rest => page.Paragraph(rest));
        Table("By conformance group", ResultGroups.Group);
        Table("By outcome", ResultGroups.Outcome);
        Table("By rule", result => result.Vector.Rule == "" ? "other" : result.Vector.Rule);
        page.Add("<details><summary>All vectors</summary>\n<table><thead><tr><th>vector</th><th>result</th></tr></thead><tbody>\n");
        Until(page.Length + MostOfNames, results, result => Row(result.Vector.Name, Word(result)), rest => Row(rest, ""));
        return page.Add("</tbody></table></details>\n").End();
    }

    private void Deviation(TestResult result)
    {
        var vector = result.Vector;
        page.Add($"<details><summary>{Escape(vector.Name)}: {Escape(Word(result))}: {Escape(result.Reason)}</summary>\n");
        if (vector.Purpose != "") page.Paragraph(Escape(vector.Purpose));
        page.Lines(CauseReport.Listing(vector));
        if (!vector.Memory.IsEmpty) page.Paragraph($"Memory: <code>{Short(Convert.ToHexStringLower(vector.Memory.AsSpan()))}</code>");
        page.Add("</details>\n");
    }

    private void Row(string name, string result) => page.Add($"<tr><td>{Escape(name)}</td><td>{Escape(result)}</td></tr>\n");

    // Writes results until the page is so long, and then how many more there are.
    private void Until(int length, IReadOnlyCollection<TestResult> listed, Action<TestResult> write, Action<string> end)
    {
        var left = listed.Count;
        foreach (var result in listed.TakeWhile(_ => page.Length < length))
        {
            write(result);
            left--;
        }

        if (left > 0) end($"and {left} more; --report json has all");
    }

    private void Table(string title, Func<TestResult, string> by)
    {
        page.Heading(2, title);
        page.Add("<table><thead><tr><th></th><th>vectors</th><th>passed</th><th>deviate</th></tr></thead><tbody>\n");
        foreach (var row in ResultGroups.Rows(results, by))
        {
            var numbers = string.Concat(row.Skip(1).Select(cell => $"<td class=\"number\">{cell}</td>"));
            page.Add($"<tr class=\"{(row[3] == "0" ? "good" : "bad")}\"><td>{Escape(row[0])}</td>{numbers}</tr>\n");
        }

        page.Add("</tbody></table>\n");
    }

    private static string Word(TestResult result) => result.Status.ToString().ToLowerInvariant();

    private static string Short(string text) => text.Length <= 512 ? text : $"{text[..512]}…";
}
