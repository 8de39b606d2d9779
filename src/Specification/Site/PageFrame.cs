using System.Net;
using RbpfSpec.Specification.Playground;

namespace RbpfSpec.Specification.Site;

/// <summary>The frame of all pages, around their content.</summary>
internal static class PageFrame
{
    // What the field of the search shows while it is empty; nobody corrects what is typed.
    private const string Hints =
        """placeholder="sdiv, 0x3f, goto, stack size" spellcheck="false" autocapitalize="off" aria-controls="found" """;

    /// <summary>A page.</summary>
    /// <param name="path">Its file in the site.</param>
    /// <param name="title">Its title.</param>
    /// <param name="content">What its main part has, as HTML.</param>
    /// <param name="scripts">The scripts that it loads besides that of the search, by their files in the site.</param>
    public static string Of(string path, string title, string content, params ReadOnlySpan<string> scripts)
    {
        var root = Links.Between(path, "");
        string[] files = ["search.js", .. scripts];
        var loaded = string.Concat(files.Select(script => $"<script src=\"{root}{script}\" defer></script>\n"));
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{Generator}">
            <meta name="color-scheme" content="light dark">
            <title>{Text(title)} · rBPF</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{root}style.css">
            {loaded}</head>
            <body data-root="{root}">
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <a class="home" href="{root}index.html">rBPF</a>
            <nav aria-label="Site">{Site(root)}</nav>
            <form role="search" id="search" autocomplete="off">
            <label for="query">Search</label>
            <input id="query" type="search" {Hints}aria-describedby="found-count">
            <p id="found-count" role="status"></p>
            <ol id="found" hidden></ol>
            </form>
            </header>
            <main id="main">
            {content}
            </main>
            <footer><p>The rBPF specification, made from the rules that are run, proved and tested.</p></footer>
            </body>
            </html>

            """;
    }

    private static string Site(string root) => string.Join(' ',
        $"<a href=\"{root}index.html#opcodes\">Opcodes</a>",
        $"<a href=\"{root}index.html#chapters\">Chapters</a>",
        $"<a href=\"{root}{PlaygroundPage.Path}\">Playground</a>");

    /// <summary>The generator that the pages of such a site name.</summary>
    public const string Generator = "rbpf spec build";

    /// <summary>A text as HTML.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);
}
