using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using RbpfSpec.Cli.Prove.Findings;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Cli.Prove;

/// <summary>A run as one page that needs nothing else: a matrix of rules and families, and below it each claim.</summary>
public static class HtmlReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run)
    {
        var page = new StringBuilder();
        var tally = Tally.Of(run.Results);
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>RbpfSpec: what is proved</title>\n<style>\n").Append(HtmlAssets.Style).Append("</style>\n</head>\n<body>\n");
        page.Append("<h1>RbpfSpec: what is proved</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"{Class(run.Results)}\">{Escape(tally.ToString())}, by {Escape(run.Solver)}.</p>\n");
        Assumed(page);
        NotProved(page, run.Results);
        Matrix(page, run.Results);
        foreach (var family in run.Results.GroupBy(result => result.Claim.Family)) Family(page, family.Key, [.. family]);
        return page.Append("<script>\n").Append(HtmlAssets.Script).Append("</script>\n</body>\n</html>\n").ToString();
    }

    private static void Assumed(StringBuilder page)
    {
        page.Append("<h2>Assumed</h2>\n<ul>\n");
        foreach (var assumption in TrustedBase.Assumptions)
            page.Append("<li>").Append(Escape(assumption.What)).Append(" <small>").Append(Escape(assumption.Why)).Append("</small></li>\n");
        page.Append("</ul>\n");
    }

    private static void NotProved(StringBuilder page, Sequence<Result> results)
    {
        page.Append("<h2>Not proved</h2>\n");
        var groups = Finding.Grouped(results);
        if (groups.IsEmpty) page.Append("<p>Nothing.</p>\n");
        foreach (var group in groups)
        {
            var first = group[0];
            if (group.Count > 1)
                page.Append(CultureInfo.InvariantCulture, $"<p>{group.Count} claims, probably one cause: first look at {Link(first.Result.Claim.Id, first.Result.Claim.Id)}.</p>\n");
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"{Class([first.Result])}\">{first.Result.Verdict.Word}: {Link(first.Result.Claim.Id, first.Result.Claim.Id)}</p>\n");
            Lines(page, [.. first.Lines]);
            if (group.Count > 1)
            {
                page.Append("<p>And with it ");
                page.AppendJoin(", ", group.Skip(1).Select(other => Link(other.Result.Claim.Id, other.Result.Claim.Id))).Append(".</p>\n");
            }
        }
    }

    // A rule is what follows the family in an id, without profile and variant.
    private static void Matrix(StringBuilder page, Sequence<Result> results)
    {
        var families = results.Select(result => result.Claim.Family).Distinct().ToList();
        var cells = results.ToLookup(result => (Rule(result.Claim), result.Claim.Family));
        page.Append("<h2>Rules and families</h2>\n<p>A cell is the number of claims, and leads to the first of them that is not proved.</p>\n");
        page.Append("<div class=\"wide\"><table>\n<thead><tr><th>rule</th>");
        foreach (var family in families) page.Append("<th>").Append(Escape(family)).Append("</th>");
        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var rule in results.Select(result => Rule(result.Claim)).Distinct())
        {
            page.Append("<tr><th>").Append(Escape(rule)).Append("</th>");
            foreach (var family in families) Cell(page, [.. cells[(rule, family)]]);
            page.Append("</tr>\n");
        }

        page.Append("</tbody>\n</table></div>\n");
    }

    private static void Cell(StringBuilder page, Sequence<Result> results)
    {
        if (results.IsEmpty)
        {
            page.Append("<td></td>");
            return;
        }

        var shown = results.FirstOrDefault(result => result.Verdict is not Verdict.Proved) ?? results[0];
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"{Class(results)}\">{Link(shown.Claim.Id, $"{results.Count}")}</td>");
    }

    private static void Family(StringBuilder page, string name, Sequence<Result> results)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(name)}</h2>\n");
        foreach (var result in results)
        {
            var claim = result.Claim;
            page.Append(CultureInfo.InvariantCulture, $"<details id=\"{Anchor(claim.Id)}\" class=\"{Class([result])}\">");
            page.Append(CultureInfo.InvariantCulture, $"<summary>{Escape(claim.Id)} <small>{result.Verdict.Word}{(result.WasKnown ? ", known from the ledger" : "")}</small></summary>\n");
            page.Append(CultureInfo.InvariantCulture, $"<p>{Escape(claim.Sentence)} <small>{Escape(claim.Source.ToString())}</small></p>\n");
            Lines(page, [.. Finding.Of(result).Lines.Skip(1)]);
            foreach (var (mutant, fate) in result.Mutants)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>Mutant: {Escape(mutant.Name)} <small>{fate.Word}</small></p>\n");
                Lines(page, JsonReport.Shown(fate));
            }

            Script(page, claim);
            page.Append("</details>\n");
        }
    }

    // Scripts are many and alike: as text they would make the page several times as long, so the browser unpacks them.
    private static void Script(StringBuilder page, Claim claim)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.SmallestSize))
            packer.Write(Encoding.UTF8.GetBytes(ScriptFile.Of(claim).First().Text));
        page.Append("<details class=\"script\"><summary>Script</summary><pre data-packed=\"");
        page.Append(Convert.ToBase64String(packed.ToArray())).Append("\"></pre></details>\n");
    }

    private static void Lines(StringBuilder page, Sequence<string> lines)
    {
        if (!lines.IsEmpty) page.Append("<pre>").AppendJoin('\n', lines.Select(Escape)).Append("</pre>\n");
    }

    private static string Rule(Claim claim)
    {
        var rule = claim.Id[(claim.Family.Length + 1)..];
        var end = rule.AsSpan().IndexOfAny('@', '[');
        return end < 0 ? rule : rule[..end];
    }

    private static string Class(Sequence<Result> results) => Tally.Of(results).ExitCode switch
    {
        CommandLine.Holds => "proved",
        CommandLine.Fails => "refuted",
        _ => "undecided",
    };

    private static string Link(string id, string text) => $"<a href=\"#{Anchor(id)}\">{Escape(text)}</a>";

    // Ids have no spaces, but characters that links write otherwise.
    private static string Anchor(string id) => Escape(Uri.EscapeDataString(id).Replace('%', '.'));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
