using System.Text.RegularExpressions;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Tests;

/// <summary>The links of pages.</summary>
internal static partial class PageLinks
{
    /// <summary>The links of a page to files and anchors, as paths under <c>spec/</c>.</summary>
    public static IEnumerable<string> Of(Page page) =>
        from match in Link().Matches(page.Markdown)
        let target = match.Groups["target"].Value
        where !target.StartsWith("https://", StringComparison.Ordinal)
        select target.StartsWith('#') ? page.Path + target : Resolved(page.Path, target);

    /// <summary>Whether the file exists and, of a page, has the heading.</summary>
    public static bool Exists(string link, string root, Book book)
    {
        var parts = link.Split('#');
        if (parts.Length == 1) return Path.Exists(Path.Combine(root, "spec", parts[0]));
        return book.Pages.FirstOrDefault(page => page.Path == parts[0]) is { } page
            && Heading().Matches(page.Markdown).Any(match => OperationSection.Anchor(match.Groups["title"].Value) == parts[1]);
    }

    private static string Resolved(string from, string target)
    {
        List<string> folders = [.. from.Split('/')[..^1]];
        foreach (var part in target.Split('/'))
        {
            if (part == "..") folders.RemoveAt(folders.Count - 1);
            else folders.Add(part);
        }

        return string.Join('/', folders);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<title>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Heading();
}
