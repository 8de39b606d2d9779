using System.Text;
using System.Text.RegularExpressions;

namespace RbpfSpec.Tests;

/// <summary>The pages that people read first: README.md and those of docs/, taken apart.</summary>
internal static partial class PageText
{
    /// <summary>The pages, as paths from the repository's folder.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md")
            .Select(file => $"docs/{Path.GetFileName(file)}")
            .Order(StringComparer.Ordinal)
            .Prepend("README.md");

    /// <summary>The text of a page.</summary>
    public static string Of(string page) => File.ReadAllText(Path.Combine(Repository.Root, page)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks of a page, each with its language.</summary>
    public static IReadOnlyList<(string Language, string Text)> BlocksOf(string page) =>
        [.. Block().Matches(Of(page)).Select(match => (match.Groups["language"].Value, match.Groups["text"].Value))];

    /// <summary>The texts between backticks that are no blocks.</summary>
    public static IEnumerable<string> CodeOf(string page) =>
        Code().Matches(Block().Replace(Of(page), "")).Select(match => match.Groups["text"].Value);

    /// <summary>The commands of the console blocks, each with the lines that it is said to print.</summary>
    public static IEnumerable<(string Command, IReadOnlyList<string> Output)> ExchangesOf(string page)
    {
        foreach (var block in BlocksOf(page).Where(block => block.Language == "console"))
        {
            var parts = $"\n{block.Text.Replace("\\\n", " ", StringComparison.Ordinal)}".Split("\n$ ");
            foreach (var line in parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries)) yield return (line, []);
            foreach (var part in parts[1..])
            {
                var lines = part.TrimEnd('\n').Split('\n');
                yield return (lines[0], lines[1..]);
            }
        }
    }

    /// <summary>The arguments of <c>rbpf</c> in a line for the shell; null if the line does not call it.</summary>
    public static IReadOnlyList<string>? ArgumentsOf(string line)
    {
        if (Call().Match(line) is not { Success: true } call) return null;
        List<string> words = [];
        StringBuilder? word = null;
        var quote = '\0';
        foreach (var letter in call.Groups["arguments"].Value)
        {
            if (quote != '\0' && letter == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && letter is '\'' or '"')
            {
                (quote, word) = (letter, word ?? new());
            }
            else if (quote == '\0' && word is null && letter is '#' or '|' or '>' or ';')
            {
                break;
            }
            else if (quote != '\0' || letter != ' ')
            {
                (word ??= new()).Append(letter);
            }
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        if (word is not null) words.Add(word.ToString());
        return words;
    }

    /// <summary>Whether lines are as they are said to be: a line of … is any lines, a … within a line any text.</summary>
    public static bool Fits(ReadOnlySpan<string> said, ReadOnlySpan<string> printed)
    {
        if (said.IsEmpty) return printed.IsEmpty;
        if (said[0].Trim() == "…")
        {
            for (var skipped = 0; skipped <= printed.Length; skipped++)
            {
                if (Fits(said[1..], printed[skipped..])) return true;
            }

            return false;
        }

        var pattern = $"^{string.Join(".*", said[0].Split('…').Select(Regex.Escape))}$";
        return !printed.IsEmpty && Regex.IsMatch(printed[0], pattern, RegexOptions.NonBacktracking) && Fits(said[1..], printed[1..]);
    }

    [GeneratedRegex("^```(?<language>[a-z]*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline
        | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex("`(?<text>[^`\n]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^(.*\| |.*src/Cli -- )?((\.\./)*|\./)rbpf (?<arguments>.*)$|^dotnet run .*src/Cli -- (?<arguments>.*)$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Call();
}
