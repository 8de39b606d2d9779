using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Site;

/// <summary>Where links lead, from the files of the specification to those of the site.</summary>
/// <param name="documents">All texts of the site.</param>
/// <param name="exists">
/// Whether a path, relative to <c>spec/</c>, is a file or folder that is no page: a link to it becomes its text.
/// </param>
internal sealed class Links(IReadOnlyList<Document> documents, Func<string, bool> exists)
{
    private readonly Dictionary<string, HashSet<string>> anchors = documents
        .GroupBy(document => document.Path)
        .ToDictionary(group => group.Key, group => group.SelectMany(document => document.Anchors).ToHashSet(StringComparer.Ordinal));

    private readonly Dictionary<string, string> pages = documents
        .Where(document => !document.Path.StartsWith(Operations.Folder, StringComparison.Ordinal))
        .ToDictionary(document => document.Source, document => document.Path, StringComparer.Ordinal);

    /// <summary>The links that lead nowhere, so far.</summary>
    public List<BrokenLink> Broken { get; } = [];

    /// <summary>The address of a file of the site from another.</summary>
    public static string Between(string from, string to) =>
        string.Concat(Enumerable.Repeat("../", from.Count(character => character == '/'))) + to;

    /// <summary>Resolves a link of a document; null if it names a file that is no part of the site.</summary>
    public string? Resolve(Document document, string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal)) return target;
        var parts = target.Split('#', 2);
        var (file, anchor) = (parts[0], parts.Length == 2 ? parts[1] : "");
        if (file.Length == 0) return OfAnchor(document, target, anchor);
        var source = Joined(document.Source, file);
        if (source == ContentsPage.Path) return Between(document.Path, SiteBuilder.FirstPage);
        if (!pages.TryGetValue(source, out var path))
        {
            return exists(source) ? null : Wrong(document, target, $"there is no page spec/{source}");
        }

        return anchor.Length > 0 && !anchors[path].Contains(anchor)
            ? Wrong(document, target, $"spec/{source} has no heading '{anchor}'")
            : Between(document.Path, path) + (anchor.Length > 0 ? $"#{anchor}" : "");
    }

    private string OfAnchor(Document document, string target, string anchor)
    {
        if (anchors[document.Path].Contains(anchor)) return target;

        // The text of an operation is part of a page of its family, too, whose anchors it may name.
        var folder = document.Source[..(document.Source.LastIndexOf('/') + 1)];
        return documents.FirstOrDefault(other =>
                document.Path.StartsWith(Operations.Folder, StringComparison.Ordinal)
                && other.Source.StartsWith(folder, StringComparison.Ordinal)
                && anchors[other.Path].Contains(anchor)) is { } found
            ? Between(document.Path, $"{found.Path}#{anchor}")
            : Wrong(document, target, $"the page has no heading '{anchor}'");
    }

    private string Wrong(Document document, string target, string problem)
    {
        var isOperation = document.Path.StartsWith(Operations.Folder, StringComparison.Ordinal);
        Broken.Add(new(isOperation ? document.Path : $"spec/{document.Source}", target, problem));
        return target;
    }

    private static string Joined(string source, string file)
    {
        List<string> parts = [.. source.Split('/')[..^1]];
        foreach (var part in file.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else if (part != ".") parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
