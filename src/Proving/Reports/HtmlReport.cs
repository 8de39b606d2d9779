using System.IO.Compression;
using System.Text;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Reports;

namespace RbpfSpec.Proving.Reports;

/// <summary>A run as one page that needs nothing else: a matrix of rules and families, and below it each claim.</summary>
public static class HtmlReport
{
    /// <summary>The text.</summary>
    public static string Text(RunResult run)
    {
        var page = new HtmlPage("RbpfSpec: what is proved", HtmlAssets.Style);
        page.Paragraph($"{HtmlPage.Escape(Tally.Of(run.Results).ToString())}, by {HtmlPage.Escape(run.Solver)}.", Class(run.Results));
        Assumed(page, run.Assumptions);
        NotProved(page, run);
        Matrix(page, run.Results);
        foreach (var family in run.Results.GroupBy(result => result.Claim.Family)) Family(page, family.Key, family, run.Findings);
        return page.End(HtmlAssets.Script);
    }

    private static void Assumed(HtmlPage page, Sequence<Assumption> assumptions)
    {
        page.Heading(2, "Assumed").Add("<ul>\n");
        foreach (var assumption in assumptions)
            page.Add($"<li>{HtmlPage.Escape(assumption.What)} <small>{HtmlPage.Escape(assumption.Why)}</small></li>\n");
        page.Add("</ul>\n");
    }

    private static void NotProved(HtmlPage page, RunResult run)
    {
        page.Heading(2, "Not proved");
        var groups = run.Findings.Grouped(run.Results);
        if (groups.IsEmpty) page.Paragraph("Nothing.");
        foreach (var group in groups)
        {
            var first = group[0].Result;
            if (group.Count > 1) page.Paragraph($"{group.Count} claims, probably one cause: first look at {Link(first.Claim)}.");
            page.Paragraph($"{first.Verdict.Word}: {Link(first.Claim)}", Class([first])).Lines(group[0].Lines);
            if (group.Count > 1)
            {
                page.Paragraph($"And with it {string.Join(", ", group.Skip(1).Select(other => Link(other.Result.Claim)))}.");
            }
        }
    }

    // A rule is what follows the family in an id, without profile and variant.
    private static void Matrix(HtmlPage page, Sequence<Result> results)
    {
        var families = results.Select(result => result.Claim.Family).Distinct().ToList();
        var cells = results.ToLookup(result => (Rule(result.Claim), result.Claim.Family));
        page.Heading(2, "Rules and families");
        page.Paragraph("A cell is the number of claims, and leads to the first of them that is not proved.");
        page.Add("<div class=\"wide\"><table>\n<thead><tr><th>rule</th>");
        foreach (var family in families) page.Add($"<th>{HtmlPage.Escape(family)}</th>");
        page.Add("</tr></thead>\n<tbody>\n");
        foreach (var rule in results.Select(result => Rule(result.Claim)).Distinct())
        {
            page.Add($"<tr><th>{HtmlPage.Escape(rule)}</th>");
            foreach (var family in families) page.Add(Cell([.. cells[(rule, family)]]));
            page.Add("</tr>\n");
        }

        page.Add("</tbody>\n</table></div>\n");
    }

    private static string Cell(Sequence<Result> results)
    {
        if (results.IsEmpty) return "<td></td>";
        var shown = results.FirstOrDefault(result => result.Verdict is not Verdict.Proved) ?? results[0];
        return $"<td class=\"{Class(results)}\">{Link(shown.Claim, $"{results.Count}")}</td>";
    }

    private static void Family(HtmlPage page, string name, IEnumerable<Result> results, Findings findings)
    {
        page.Heading(2, HtmlPage.Escape(name));
        foreach (var result in results)
        {
            var claim = result.Claim;
            page.Add($"<details id=\"{Anchor(claim.Id)}\" class=\"{Class([result])}\"><summary>{HtmlPage.Escape(claim.Id)} ");
            page.Add($"<small>{result.Verdict.Word}{(result.WasKnown ? ", known from the ledger" : "")}</small></summary>\n");
            page.Paragraph($"{HtmlPage.Escape(claim.Sentence)} <small>{HtmlPage.Escape(claim.Source.ToString())}</small>");
            page.Lines(findings.Of(result).Lines.Skip(1));
            foreach (var (mutant, fate) in result.Mutants)
                page.Paragraph($"Mutant: {HtmlPage.Escape(mutant.Name)} <small>{fate.Word}</small>").Lines(fate.Shown);
            page.Add(Script(claim)).Add("</details>\n");
        }
    }

    // Scripts are many and alike: as text they would make the page several times as long, so the browser unpacks them.
    private static string Script(Claim claim)
    {
        using var packed = new MemoryStream();
        using (var packer = new GZipStream(packed, CompressionLevel.SmallestSize))
            packer.Write(Encoding.UTF8.GetBytes(ScriptFile.Of(claim).First().Text));
        var text = Convert.ToBase64String(packed.ToArray());
        return $"<details class=\"script\"><summary>Script</summary><pre data-packed=\"{text}\"></pre></details>\n";
    }

    private static string Rule(Claim claim)
    {
        var rule = claim.Id[(claim.Family.Length + 1)..];
        var end = rule.AsSpan().IndexOfAny('@', '[');
        return end < 0 ? rule : rule[..end];
    }

    private static string Class(Sequence<Result> results) => Tally.Of(results) switch
    {
        { Refuted: > 0 } => "bad",
        { Undecided: > 0 } => "open",
        _ => "good",
    };

    private static string Link(Claim claim) => Link(claim, claim.Id);

    private static string Link(Claim claim, string text) => $"<a href=\"#{Anchor(claim.Id)}\">{HtmlPage.Escape(text)}</a>";

    // Ids have no spaces, but characters that links write otherwise.
    private static string Anchor(string id) => HtmlPage.Escape(Uri.EscapeDataString(id).Replace('%', '.'));
}
