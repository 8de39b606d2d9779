using System.Text.RegularExpressions;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Text;

/// <summary>A chapter written by hand, taken apart.</summary>
/// <param name="Page">The page.</param>
/// <param name="Blocks">Its parts, in order.</param>
public sealed partial record Chapter(Page Page, Sequence<Block> Blocks)
{
    // What holds a requirement on a machine, and what holds one on the host.
    private static readonly string[] Holders = ["> Vectors: ", "> Tests: "];

    /// <summary>Its requirements, in order.</summary>
    public IEnumerable<Requirement> Requirements => Blocks.OfType<Block.Binding>().Select(block => block.Requirement);

    /// <summary>The blocks between a heading and the next.</summary>
    public IEnumerable<Block> SectionOf(Block.Heading heading) =>
        Blocks.SkipWhile(block => !ReferenceEquals(block, heading)).Skip(1).TakeWhile(block => block is not Block.Heading);

    /// <summary>Reads a chapter; its first line is its title.</summary>
    /// <param name="path">The file under <c>spec/</c>.</param>
    /// <param name="markdown">The text.</param>
    /// <returns>The chapter, or what is wrong with it, with the line.</returns>
    public static ChapterReading Read(string path, string markdown)
    {
        if (!markdown.StartsWith("# ", StringComparison.Ordinal))
            return new ChapterReading.Malformed(path, 1, "there is no title; expected a line that begins with '# '");
        List<Block> blocks = [];
        var paragraphs = Paragraphs(markdown).ToList();
        for (var i = 0; i < paragraphs.Count; i++)
        {
            var (line, text) = paragraphs[i];
            if (Lead().Match(text) is { Success: true } lead)
            {
                var id = lead.Groups["id"].Value;
                if (i + 2 >= paragraphs.Count || !IsHolders(paragraphs[i + 2].Text))
                {
                    return new ChapterReading.Malformed(
                        path, line, $"nothing holds the requirement {id}; expected its text and a paragraph '> Vectors: `…`. Claims: "
                            + "`…`.' below it");
                }

                var held = paragraphs[i + 2].Text;
                blocks.Add(new Block.Binding(line, new(
                    id,
                    paragraphs[i + 1].Text,
                    [.. Quoted(held, "Vectors:").Select(VectorSelector.Of)],
                    [.. Quoted(held, "Claims:")])
                {
                    Tests = [.. Quoted(held, "Tests:")],
                }));
                i += 2;
            }
            else if (text[0] == '#')
            {
                blocks.Add(new Block.Heading(line, text.TrimStart('#').Trim()));
            }
            else if (IsHolders(text))
            {
                return new ChapterReading.Malformed(path, line, "these vectors hold no requirement; expected one above them");
            }
            else
            {
                blocks.Add(new Block.Explanation(line, text));
            }
        }

        return new ChapterReading.Read(new(new(path, blocks.OfType<Block.Heading>().First().Title, markdown, false), blocks.ToSequence()));
    }

    private static IEnumerable<(int Line, string Text)> Paragraphs(string markdown)
    {
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var first = i;
            while (i < lines.Length && lines[i].Trim() != "") i++;
            if (i > first) yield return (first + 1, string.Join('\n', lines[first..i]));
        }
    }

    private static bool IsHolders(string text) => Array.Exists(Holders, label => text.StartsWith(label, StringComparison.Ordinal));

    // What stands between backquotes after a label, up to the next one.
    private static IEnumerable<string> Quoted(string text, string label) => text.IndexOf(label, StringComparison.Ordinal) is >= 0 and var at
        ? BetweenBackquotes().Matches(Label().Split(text[(at + label.Length)..])[0]).Select(match => match.Groups["text"].Value)
        : [];

    [GeneratedRegex(@"(?<=\.\s)(Vectors|Claims|Tests):", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    [GeneratedRegex(@"\A#### (?<id>[a-z]+/[\w/-]+)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Lead();

    [GeneratedRegex("`(?<text>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BetweenBackquotes();
}

/// <summary>The result of reading a chapter.</summary>
public abstract record ChapterReading
{
    private ChapterReading()
    {
    }

    /// <summary>It is a chapter.</summary>
    public sealed record Read(Chapter Chapter) : ChapterReading;

    /// <summary>It is not.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Problem">What is wrong there, and what would be right.</param>
    public sealed record Malformed(string Path, int Line, string Problem) : ChapterReading;
}
