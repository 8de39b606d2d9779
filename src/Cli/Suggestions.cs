using System.CommandLine;

namespace RbpfSpec.Cli;

/// <summary>Guesses which command or option somebody meant who named one that does not exist.</summary>
public static class Suggestions
{
    // One slip in a short word, two in a longer one.
    private const int LongWord = 6;

    /// <summary>The complaint about the first word that is no command or option; null if nothing better is known of it.</summary>
    public static string? Unknown(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var word, ..] || word == "") return null;

        // Behind two dashes nothing is an option, nor a command.
        if (parsed.Tokens.Any(token => token.Type is System.CommandLine.Parsing.TokenType.DoubleDash)) return null;
        var command = parsed.CommandResult.Command;
        if (word.StartsWith('-'))
        {
            var options = command.Options.Where(option => !option.Hidden).Select(option => option.Name);
            return Nearest(word, options) is { } option ? $"there is no option '{word}'; did you mean '{option}'?" : null;
        }

        if (command.Subcommands.Count == 0) return null;
        var names = command.Subcommands.Select(subcommand => subcommand.Name).ToList();
        return Nearest(word, names) is { } name
            ? $"there is no command '{word}'; did you mean '{name}'?"
            : $"there is no command '{word}'; expected {Alternatives(names)}";
    }

    /// <summary>Words as alternatives: <c>a, b or c</c>.</summary>
    public static string Alternatives(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";

    /// <summary>Says, of a word that is none of some, which would be right: the nearest, or all of them.</summary>
    public static string Instead(string word, IReadOnlyList<string> words) => Nearest(word, words) is { } nearest
        ? $"did you mean '{nearest}'? Expected {Alternatives(words)}"
        : $"expected {Alternatives(words)}";

    /// <summary>The word nearest to another one, capitals apart, if it can be a slip; else null.</summary>
    public static string? Nearest(string word, IEnumerable<string> words)
    {
        var given = word.ToLowerInvariant();
        var all = words.Select(other => (Word: other, Distance: Distance(given, other))).ToList();
        if (all.Count == 0) return null;
        var (nearest, distance) = all.MinBy(found => found.Distance);
        if (distance <= (given.Length < LongWord ? 1 : 2)) return nearest;
        return given.Length > 2 ? all.Find(found => found.Word.StartsWith(given, StringComparison.Ordinal)).Word : null;
    }

    // Letters put in, left out, replaced, or two neighbours exchanged.
    private static int Distance(string left, string right)
    {
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }
}
