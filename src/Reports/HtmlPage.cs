using System.Net;
using System.Text;

namespace RbpfSpec.Reports;

/// <summary>A page in HTML that needs nothing else: it is written from its top to its end.</summary>
public sealed class HtmlPage
{
    // Light and dark as the reader's system says.
    private const string CommonStyle = """
        :root { color-scheme: light dark; --good: #d9f2df; --bad: #ffd2cc; --open: #ffe9b8; --line: #bbb; }
        @media (prefers-color-scheme: dark) { :root { --good: #17482a; --bad: #6b1d14; --open: #5c4608; --line: #555; } }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 75rem; }
        h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
        small { opacity: .75; } a { color: inherit; }
        table { border-collapse: collapse; font-size: .9rem; } th, td { border: 1px solid var(--line); padding: .15rem .6rem; }
        .good { background: var(--good); } .bad { background: var(--bad); } .open { background: var(--open); }
        p.good, p.bad, p.open { padding: .4rem .6rem; }
        details { border: 1px solid var(--line); margin: .2rem 0; padding: .2rem .6rem; } details p { margin: .2rem 0; }
        summary { cursor: pointer; overflow-wrap: anywhere; }
        pre { overflow-x: auto; font-size: .8rem; margin: .2rem 0; } code { overflow-wrap: anywhere; font-size: .85rem; }

        """;

    private readonly StringBuilder page = new();

    /// <summary>Begins a page.</summary>
    /// <param name="title">Its title, which is its first heading, too.</param>
    /// <param name="style">What it looks like beyond what all pages look like.</param>
    public HtmlPage(string title, string style)
    {
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append("<title>").Append(Escape(title)).Append("</title>\n<style>\n").Append(CommonStyle).Append(style);
        page.Append("</style>\n</head>\n<body>\n");
        Heading(1, Escape(title));
    }

    /// <summary>How many characters it has so far.</summary>
    public int Length => page.Length;

    /// <summary>Text as HTML has it.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>HTML as it is.</summary>
    public HtmlPage Add(string html)
    {
        page.Append(html);
        return this;
    }

    /// <summary>A heading.</summary>
    /// <param name="level">1 for that of the page, 2 for that of a part of it, and so on.</param>
    /// <param name="html">What it says, as HTML.</param>
    public HtmlPage Heading(int level, string html) => Add($"<h{level}>{html}</h{level}>\n");

    /// <summary>A paragraph.</summary>
    /// <param name="html">What it says, as HTML.</param>
    /// <param name="kind">Its class: <c>good</c>, <c>bad</c> or <c>open</c>; nothing if it has none.</param>
    public HtmlPage Paragraph(string html, string? kind = null) =>
        Add(kind is null ? $"<p>{html}</p>\n" : $"<p class=\"{kind}\">{html}</p>\n");

    /// <summary>Lines of text as they are; nothing if there are none.</summary>
    public HtmlPage Lines(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? this : Add($"<pre>{string.Join('\n', all.Select(Escape))}</pre>\n");
    }

    /// <summary>The whole page.</summary>
    /// <param name="script">What a browser runs on it; nothing if it runs nothing.</param>
    public string End(string? script = null)
    {
        if (script is not null) page.Append("<script>\n").Append(script).Append("</script>\n");
        return page.Append("</body>\n</html>\n").ToString();
    }
}
