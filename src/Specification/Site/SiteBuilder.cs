using System.Globalization;
using System.Text;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Playground;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Site;

/// <summary>The book as pages for browsers, which need no server.</summary>
public static class SiteBuilder
{
    /// <summary>The mark in the first page of such a site, by which it is known.</summary>
    public static string Mark => PageFrame.Generator;

    private const string Lead =
        "The specification of rBPF, eBPF for microcontrollers: what a program is, what each instruction does, "
        + "and when the machine stops. Each operation has a page on which its rule can be tried.";

    /// <summary>The file to open.</summary>
    public const string FirstPage = "index.html";

    /// <summary>Builds the site.</summary>
    /// <param name="book">The book.</param>
    /// <param name="exists">
    /// Whether a path, relative to <c>spec/</c>, is a file or folder that is no page: a link to it becomes its text.
    /// </param>
    public static SiteBuild Build(Book book, Func<string, bool> exists)
    {
        List<Document> pages =
        [
            .. book.Pages
                .Where(page => page.Path != ContentsPage.Path)
                .Select(page => Document.Read(page.Path, AddressOf(page.Path), page.Markdown)),
        ];
        Dictionary<Operation, Document> sections = OperationTable.All.ToDictionary(
            operation => operation,
            operation => Document.Read(InstructionFamily.Of(operation).Path, Operations.PathOf(operation), book.SectionOf(operation)));
        var links = new Links([.. pages, .. sections.Values], exists);
        List<SiteFile> files =
        [
            new(FirstPage, PageFrame.Of(FirstPage, "Specification", Index(book))),
            .. pages.Select(page => new SiteFile(
                page.Path,
                PageFrame.Of(page.Path, page.Title, page.Html(target => links.Resolve(page, target))))),
            .. sections.Select(pair => new SiteFile(pair.Value.Path, PageFrame.Of(
                pair.Value.Path,
                OperationSection.Title(pair.Key),
                OperationPage.Html(
                    pair.Key,
                    pair.Value,
                    target => links.Resolve(pair.Value, target),
                    StepExample.Of(pair.Key, book.Vectors)),
                OperationPage.Scripts))),
            new("style.css", Assets.Text("style.css")),
            new("search.js", Assets.Text("search.js")),
            new("search-index.js", SearchScript.Of(book.Index)),
            new("semantics.js", SemanticsScript.Of(Profile.Rbpf)),
            new("step.js", Assets.Text("step.js")),
            .. PlaygroundPage.Files,
        ];
        return links.Broken.Count > 0 ? new SiteBuild.Broken(links.Broken.ToSequence()) : new SiteBuild.Whole(files.ToSequence());
    }

    private static string AddressOf(string path) => path.EndsWith(".md", StringComparison.Ordinal) ? $"{path[..^3]}.html" : $"{path}.html";

    private static string Index(Book book)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <h1>The rBPF machine</h1>
            <p class="lead">{Lead} Whole programs run in the <a href="{PlaygroundPage.Path}">playground</a>.</p>
            <section aria-labelledby="opcodes">
            <h2 id="opcodes">Opcodes</h2>

            """);
        html.Append(OpcodeMap.Html);
        html.Append("</section>\n<section aria-labelledby=\"chapters\">\n<h2 id=\"chapters\">Chapters</h2>\n<ul class=\"chapters\">\n");
        foreach (var page in book.Pages.Where(page => page.Path != ContentsPage.Path && !page.Path.Contains('/', StringComparison.Ordinal)))
            html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{AddressOf(page.Path)}\">{PageFrame.Text(page.Title)}</a></li>\n");
        html.Append("</ul>\n</section>\n<section aria-labelledby=\"operations\">\n<h2 id=\"operations\">Operations</h2>\n");
        foreach (var family in InstructionFamily.All)
        {
            html.Append(CultureInfo.InvariantCulture, $"<h3><a href=\"{AddressOf(family.Path)}\">{family.Title}</a></h3>\n"
                + $"<dl class=\"operations\">\n");
            foreach (var operation in OperationTable.All.Where(family.Has))
            {
                html.Append(CultureInfo.InvariantCulture, $"<dt><a href=\"{Operations.PathOf(operation)}\">"
                    + $"{PageFrame.Text(OperationSection.Title(operation))}</a></dt><dd>{PageFrame.Text(operation.Summary)}</dd>\n");
            }

            html.Append("</dl>\n");
        }

        return html.Append("</section>").ToString();
    }
}
