using System.Text.RegularExpressions;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>A line of code, and the label that stands before it; null if none does.</summary>
internal sealed record CodeLine(string? Label, string Text);

/// <summary>A test case of the abstract interpreter PREVAIL: facts before, code, and the facts that it finds to hold after it.</summary>
/// <param name="Name">The file and the name.</param>
/// <param name="Before">The facts before.</param>
/// <param name="Code">The code.</param>
/// <param name="After">The facts after.</param>
/// <param name="Options">Options, as they are written.</param>
/// <param name="Messages">The messages, as they are written.</param>
internal sealed partial record PrevailCase(
    string Name, Fact[] Before, CodeLine[] Code, Fact[] After, string[] Options, string[] Messages)
{
    /// <summary>The cases of all files of a folder.</summary>
    public static PrevailCase[] In(string folder) =>
    [
        .. from path in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)
           from one in Read(Path.GetFileNameWithoutExtension(path), File.ReadAllLines(path))
           select one,
    ];

    /// <summary>Reads what the files have of YAML: keys at the first column, lists, and blocks of text.</summary>
    public static IEnumerable<PrevailCase> Read(string file, IEnumerable<string> lines)
    {
        Dictionary<string, List<string>> parts = [];
        var key = "";
        foreach (var line in lines.Append("---"))
        {
            var text = line.TrimEnd();
            if (text == "---")
            {
                if (parts.ContainsKey("code")) yield return Of(file, parts);
                parts = [];
            }
            else if (KeyPattern().Match(text) is { Success: true } found)
            {
                key = found.Groups["key"].Value;
                parts[key] = [found.Groups["rest"].Value];
            }
            else if (parts.Count > 0 && !text.TrimStart().StartsWith('#'))
            {
                parts[key].Add(text);
            }
        }
    }

    private static PrevailCase Of(string file, Dictionary<string, List<string>> parts)
    {
        var name = string.Join(' ', parts["test-case"]).Trim().Trim('"');
        var (before, after) = (Items("pre").Select(Fact.Of), Items("post").Select(Fact.Of));
        return new($"{file}: {name}", [.. before], [.. Lines(parts["code"])], [.. after], Items("options"), Items("messages"));

        string[] Items(string key) => parts.TryGetValue(key, out var lines) ? List(lines) : [];
    }

    // A list of items in quotes, of such without between brackets, or of lines that begin with a dash.
    private static string[] List(IReadOnlyList<string> lines)
    {
        var all = CommentPattern().Replace(string.Join('\n', lines), "").Trim();
        if (!all.StartsWith('[')) return [.. ItemPattern().Matches(all).Select(static item => item.Groups["item"].Value.Trim().Trim('"'))];
        return all.Contains('"', StringComparison.Ordinal)
            ? [.. QuotedPattern().Matches(all).Select(static item => item.Groups["item"].Value)]
            : all[1..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }

    private static IEnumerable<CodeLine> Lines(IEnumerable<string> lines)
    {
        string? label = null;
        foreach (var line in lines)
        {
            var text = line.Split(';')[0].Trim();
            if (LabelPattern().Match(text) is { Success: true } found)
            {
                label = found.Groups["label"].Value;
                text = found.Groups["rest"].Value.Trim('|', ' ');
            }

            if (text.Length == 0) continue;
            yield return new(label, text);
            label = null;
        }
    }

    [GeneratedRegex("^(?<key>[a-z-]+):(?<rest>.*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex CommentPattern();

    [GeneratedRegex("^ *- +(?<item>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ItemPattern();

    [GeneratedRegex("\"(?<item>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex QuotedPattern();

    [GeneratedRegex("^<(?<label>[a-z0-9]+)>:(?<rest>.*)$", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex LabelPattern();
}
