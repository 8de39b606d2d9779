using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace RbpfSpec.Specification.Site;

/// <summary>A text of the specification on its way to a page: its anchors are known, its links still lead to files.</summary>
internal sealed partial class Document
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .Build();

    private readonly MarkdownDocument tree;

    private Document(string source, string path, MarkdownDocument tree)
    {
        Source = source;
        Path = path;
        this.tree = tree;
    }

    /// <summary>The file under <c>spec/</c> that its links are relative to.</summary>
    public string Source { get; }

    /// <summary>The file of the site.</summary>
    public string Path { get; }

    /// <summary>The anchors: of headings, and those that the text sets itself.</summary>
    public IEnumerable<string> Anchors =>
        Blocks.Select(AnchorOf).OfType<string>().Concat(
            tree.Descendants<HtmlInline>().Select(html => html.Tag)
                .Concat(tree.Descendants<HtmlBlock>().Select(html => html.Lines.ToString()))
                .SelectMany(html => AnchorPattern().Matches(html).Select(match => match.Groups["id"].Value)));

    /// <summary>The text of the first heading.</summary>
    public string Title => Blocks.OfType<HeadingBlock>().Select(TextOf).FirstOrDefault("");

    /// <summary>The parts that search finds: from an anchor to the next.</summary>
    public IEnumerable<(string Anchor, string Title, string Text)> Parts
    {
        get
        {
            var (anchor, title) = ("", Title);
            List<string> texts = [];
            foreach (var block in Blocks)
            {
                if (AnchorOf(block) is { } next)
                {
                    if (texts.Count > 0) yield return (anchor, title, string.Join(' ', texts));
                    texts.Clear();
                    (anchor, title) = (next, TextOf(block));
                }

                if (block is LeafBlock) texts.Add(TextOf(block));
            }

            if (texts.Count > 0) yield return (anchor, title, string.Join(' ', texts));
        }
    }

    private IEnumerable<Block> Blocks => tree.Descendants<Block>();

    /// <summary>Reads a text.</summary>
    /// <param name="source">The file under <c>spec/</c> that its links are relative to.</param>
    /// <param name="path">The file of the site.</param>
    /// <param name="markdown">The text.</param>
    public static Document Read(string source, string path, string markdown)
    {
        var parsed = Markdown.Parse(markdown, Pipeline);
        var top = parsed.Descendants<HeadingBlock>().Select(heading => heading.Level).DefaultIfEmpty(1).Min();
        foreach (var heading in parsed.Descendants<HeadingBlock>()) heading.Level -= top - 1;
        return new(source, path, parsed);
    }

    /// <summary>The text as HTML, its links resolved.</summary>
    /// <param name="resolve">What a link becomes: an address, or null where it names a file that is no part of the site.</param>
    /// <param name="from">The first block to write, counted from 0.</param>
    /// <param name="count">How many blocks to write; all by default.</param>
    public string Html(Func<string, string?> resolve, int from = 0, int count = int.MaxValue)
    {
        foreach (var link in tree.Descendants<LinkInline>().ToList())
        {
            if (link.Url is not { } target || link.GetData(nameof(resolve)) is not null) continue;
            link.SetData(nameof(resolve), true);
            if (resolve(target) is { } address)
            {
                link.Url = address;
                continue;
            }

            var children = new ContainerInline();
            link.MoveChildrenAfter(link);
            link.ReplaceBy(children);
        }

        using var text = new StringWriter();
        var renderer = new HtmlRenderer(text);
        Pipeline.Setup(renderer);
        foreach (var block in tree.Skip(from).Take(count)) renderer.Render(block);
        var html = text.ToString()
            .Replace("<table>", "<div class=\"wide\" role=\"region\" aria-label=\"Table\" tabindex=\"0\"><table>", StringComparison.Ordinal)
            .Replace("</table>", "</table></div>", StringComparison.Ordinal)
            .Replace("<th>", "<th scope=\"col\">", StringComparison.Ordinal);
        return HeadingPattern().Replace(
            html,
            "<${tag} id=\"${id}\">${text} <a class=\"anchor\" href=\"#${id}\" aria-label=\"Link to this section\">#</a></${tag}>");
    }

    /// <summary>The plain text of a block.</summary>
    private static string TextOf(MarkdownObject block) => block switch
    {
        CodeBlock code => code.Lines.ToString(),
        LeafBlock { Inline: { } inline } => string.Concat(inline.Descendants().Select(part => part switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            HtmlEntityInline entity => entity.Transcoded.ToString(),
            _ => "",
        })),
        _ => "",
    };

    private static string? AnchorOf(Block block) =>
        block is HeadingBlock ? block.TryGetAttributes()?.Id : null;

    [GeneratedRegex("<(?<tag>h[2-6]) id=\"(?<id>[^\"]+)\">(?<text>.*?)</h[2-6]>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("(id|name)=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AnchorPattern();
}
