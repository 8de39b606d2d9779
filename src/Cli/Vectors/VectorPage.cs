using System.Net;
using System.Text;
using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Results as one page that needs nothing else: what deviates first, then tables by group, outcome and rule.</summary>
internal static class VectorPage
{
    private const string Style = """
        :root { color-scheme: light dark; --good: #d9f2df; --bad: #ffd2cc; --line: #bbb; }
        @media (prefers-color-scheme: dark) { :root { --good: #17482a; --bad: #6b1d14; --line: #555; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 70rem; }
        table { border-collapse: collapse; font-size: .9rem; } th, td { border: 1px solid var(--line); padding: .15rem .6rem; text-align: left; }
        td.number { text-align: right; } tr.bad { background: var(--bad); } tr.good { background: var(--good); }
        details { border: 1px solid var(--line); margin: .2rem 0; padding: .2rem .6rem; } details p { margin: .2rem 0; }
        pre { overflow-x: auto; font-size: .85rem; margin: .2rem 0; }
        code { overflow-wrap: anywhere; font-size: .85rem; }
        """;

    // In characters: programs of deviations until there are so many, names of vectors until there are so many more.
    private const int MostOfPrograms = 150_000;
    private const int MostOfNames = 90_000;

    /// <summary>The page.</summary>
    /// <param name="results">The results.</param>
    /// <param name="machine">The machine's name.</param>
    /// <param name="causes">What explains the deviations; nothing if it is not known.</param>
    /// <param name="reporter">What words causes.</param>
    public static string Text(Sequence<TestResult> results, string machine, IReadOnlyList<Shown> causes, CauseReport reporter)
    {
        var page = new StringBuilder($"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n<title>Conformance of {Html(machine)}</title>\n<style>\n{Style}\n</style></head><body>\n<h1>Conformance of {Html(machine)}</h1>\n<p>{Html(VectorReport.Totals(results, "run"))}</p>\n");
        foreach (var remark in CauseReport.Remarks(results)) page.Append($"<p>{Html(remark)}</p>\n");
        if (causes.Count > 0) page.Append("<h2>Probable causes</h2>\n");
        foreach (var shown in causes.TakeWhile(_ => page.Length < MostOfPrograms / 2))
        {
            page.Append($"<h3>{Html(shown.Cause.Name)}: {shown.Cause.Deviating} of {shown.Cause.Total}</h3>\n<pre>");
            foreach (var line in reporter.Lines(shown)) page.Append($"{Html(line)}\n");
            page.Append("</pre>\n");
        }

        var deviations = results.Where(result => result.IsDeviation).ToList();
        page.Append($"<h2>{(deviations.Count == 0 ? "No deviations" : "Deviations")}</h2>\n");
        Until(MostOfPrograms, deviations, result =>
        {
            page.Append($"<details><summary>{Html(result.Vector.Name)}: {Html(result.Status.ToString().ToLowerInvariant())}: {Html(result.Reason)}</summary>\n");
            if (result.Vector.Purpose != "") page.Append($"<p>{Html(result.Vector.Purpose)}</p>\n");
            page.Append($"<pre>{Html(string.Join('\n', CauseReport.Listing(result.Vector)))}</pre>\n");
            if (!result.Vector.Memory.IsEmpty) page.Append($"<p>Memory: <code>{Short(Convert.ToHexStringLower(result.Vector.Memory.AsSpan()))}</code></p>\n");
            page.Append("</details>\n");
        });
        Table("By conformance group", Subjects.Group);
        Table("By outcome", Subjects.Outcome);
        Table("By rule", result => result.Vector.Rule == "" ? "other" : result.Vector.Rule);
        page.Append("<details><summary>All vectors</summary>\n<table><thead><tr><th>vector</th><th>result</th></tr></thead><tbody>\n");
        Until(page.Length + MostOfNames, results, result =>
            page.Append($"<tr><td>{Html(result.Vector.Name)}</td><td>{Html(result.Status.ToString().ToLowerInvariant())}</td></tr>\n"), isRow: true);
        page.Append("</tbody></table></details>\n");
        return page.Append("</body></html>\n").ToString();

        void Until(int length, IReadOnlyCollection<TestResult> listed, Action<TestResult> write, bool isRow = false)
        {
            var left = listed.Count;
            foreach (var result in listed.TakeWhile(_ => page.Length < length))
            {
                write(result);
                left--;
            }

            if (left == 0) return;
            var rest = $"and {left} more; --report json has all";
            page.Append(isRow ? $"<tr><td>{rest}</td><td></td></tr>\n" : $"<p>{rest}</p>\n");
        }

        void Table(string title, Func<TestResult, string> by)
        {
            page.Append($"<h2>{title}</h2>\n<table><thead><tr><th></th><th>vectors</th><th>passed</th><th>deviate</th></tr></thead><tbody>\n");
            foreach (var row in VectorReport.Rows(results, by))
                page.Append($"<tr class=\"{(row[3] == "0" ? "good" : "bad")}\"><td>{Html(row[0])}</td>{string.Concat(row.Skip(1).Select(cell => $"<td class=\"number\">{cell}</td>"))}</tr>\n");
            page.Append("</tbody></table>\n");
        }
    }

    private static string Short(string text) => text.Length <= 512 ? text : $"{text[..512]}…";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
