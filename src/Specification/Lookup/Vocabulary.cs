namespace RbpfSpec.Specification.Lookup;

/// <summary>The vocabulary of readers: phrases that lead to places, words for one thing, and words that say nothing.</summary>
/// <remarks>Read from <c>vocabulary.txt</c>, the one table of <c>rbpf explain</c> and of the site's search.</remarks>
internal sealed class Vocabulary
{
    /// <summary>The table's file among the sources.</summary>
    public const string File = "vocabulary.txt";

    private static readonly Lazy<Vocabulary> Read = new(() => new(Assets.Text(File)));

    private Vocabulary(string text)
    {
        HashSet<string> ignored = new(StringComparer.Ordinal);
        List<IReadOnlyList<string>> groups = [];
        Dictionary<string, IReadOnlyList<string>> phrases = new(StringComparer.Ordinal);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line != "" && line[0] != '#'))
        {
            if (line[0] == '-') ignored.UnionWith(Words(line[1..], ' '));
            else if (line[0] == '=') groups.Add([.. Words(line[1..], ',').Select(Query.Stem).Distinct()]);
            else if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end) phrases[line[..end]] = Words(line[(end + 2)..], ';');
            else throw new InvalidOperationException($"{File}: '{line}'; expected 'place: phrase; …', '= word, …' or '- word …'");
        }

        (Ignored, Groups, Phrases) = (ignored, groups, phrases);
    }

    /// <summary>The table.</summary>
    public static Vocabulary Table => Read.Value;

    /// <summary>Words that say nothing, in lower case, with their endings.</summary>
    public IReadOnlySet<string> Ignored { get; }

    /// <summary>Groups of words for one thing, without their endings.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Groups { get; }

    /// <summary>The phrases that lead to a place, by its id.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Phrases { get; }

    private static string[] Words(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
