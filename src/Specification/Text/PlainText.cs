using System.Text.RegularExpressions;

namespace RbpfSpec.Specification.Text;

/// <summary>Markdown as it reads without its marks.</summary>
public static partial class PlainText
{
    /// <summary>A paragraph in one line: links by their words, without backquotes and stars.</summary>
    public static string Of(string markdown) =>
        Mark().Replace(Link().Replace(markdown.ReplaceLineEndings(" "), "${words}"), "");

    [GeneratedRegex(@"\[(?<words>[^\]]+)\]\([^)]+\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"`|(?<!\w)\*(?=\w)|(?<=[\w.])\*(?!\w)", RegexOptions.None, 1000)]
    private static partial Regex Mark();
}
