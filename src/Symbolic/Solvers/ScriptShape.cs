using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>Finds what would make a solver read a script otherwise than it was meant.</summary>
/// <remarks>
/// An unclosed parenthesis, string or comment would swallow the commands that follow the script. The text of a solver's
/// library also ends at the first character U+0000.
/// </remarks>
internal static class ScriptShape
{
    // Solvers recurse on the depth of what they read, and a stack that overflows ends the process.
    private const int GreatestDepth = 2_000;

    /// <summary>The problem of a script, one line; empty if it has none.</summary>
    public static string Problem(Script script)
    {
        if (Problem(script.Text, isTerm: false) is { Length: > 0 } problem) return $"the script is malformed: {problem}";
        foreach (var term in script.Wanted)
        {
            problem = Problem(term, isTerm: true);
            if (problem.Length > 0) return $"the wanted term {ReplyText.Quote(term)} is malformed: {problem}";
        }

        return "";
    }

    /// <summary>
    /// The line that names the logic of a well-formed script, empty if there is none, and the rest; null if the rest has anything
    /// but declarations, definitions and assertions.
    /// </summary>
    /// <remarks>Nothing of these outlasts the level that they are in.</remarks>
    public static (string Logic, string Assertions)? Assertions(string text)
    {
        var end = text.StartsWith("(set-logic ", StringComparison.Ordinal) ? text.IndexOf('\n', StringComparison.Ordinal) + 1 : 0;
        var tokens = new SExpressionTokens(text.AsSpan(end));
        for (var depth = 0; ;)
        {
            switch (tokens.Read())
            {
                case TokenKind.Open when ++depth == 1:
                    if (tokens.Read() is not TokenKind.Symbol || !IsHarmless(tokens.Content)) return null;
                    break;
                case TokenKind.Close:
                    depth--;
                    break;
                case TokenKind.End:
                    return (text[..end], text[end..]);
            }
        }
    }

    private static bool IsHarmless(ReadOnlySpan<char> command) => command is "assert" or "declare-fun" or "define-fun";

    private static string Problem(string text, bool isTerm)
    {
        var tokens = new SExpressionTokens(text);
        var depth = 0;
        var expressions = 0;
        while (true)
        {
            var kind = tokens.Read();
            if (depth == 0 && kind is not (TokenKind.End or TokenKind.Close)) expressions++;
            switch (kind)
            {
                case TokenKind.Malformed:
                    return $"{tokens.Problem} at character {tokens.Position}";
                case TokenKind.End when depth > 0:
                    return "a parenthesis is not closed";
                case TokenKind.End:
                    return isTerm && expressions != 1 ? "it is not one expression" : "";
                case TokenKind.Open when ++depth > GreatestDepth:
                    return $"parentheses deeper than {GreatestDepth} at character {tokens.Position}";
                case TokenKind.Close when --depth < 0:
                    return $"a parenthesis closes nothing at character {tokens.Position}";
            }
        }
    }
}
