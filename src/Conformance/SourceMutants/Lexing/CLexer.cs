namespace RbpfSpec.Conformance.SourceMutants.Lexing;

/// <summary>Cuts C source into tokens. What the preprocessor reads, with the lines that continue it, is left out as comments are.</summary>
public static class CLexer
{
    // Longer ones first: the longest that fits is meant.
    private static readonly string[] Signs =
    [
        "<<=", ">>=", "...",
        "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "++", "--", "->",
    ];

    /// <summary>The tokens of a file.</summary>
    public static IReadOnlyList<CToken> Tokens(string source)
    {
        List<CToken> tokens = [];
        var isLineStart = true;
        for (var at = 0; at < source.Length;)
        {
            var c = source[at];
            if (char.IsWhiteSpace(c))
            {
                isLineStart |= c == '\n';
                at++;
            }
            else if (PastComment(source, at) is { } past)
            {
                at = past;
            }
            else if (c == '#' && isLineStart)
            {
                at = PastDirective(source, at);
            }
            else
            {
                isLineStart = false;
                var (kind, end) = Next(source, at);
                tokens.Add(new(kind, at, source[at..end]));
                at = end;
            }
        }

        return tokens;
    }

    private static (CTokenKind Kind, int End) Next(string source, int at)
    {
        var c = source[at];
        if (IsWordPart(c) && !char.IsAsciiDigit(c)) return (CTokenKind.Word, PastWord(source, at));
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < source.Length && char.IsAsciiDigit(source[at + 1])))
            return (CTokenKind.Number, PastNumber(source, at));
        if (c is '\'' or '"') return (c == '"' ? CTokenKind.Text : CTokenKind.Character, PastQuoted(source, at));
        var sign = Array.Find(Signs, sign => string.CompareOrdinal(source, at, sign, 0, sign.Length) == 0);
        return (CTokenKind.Sign, at + (sign?.Length ?? 1));
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' || c > 127;

    private static int PastWord(string source, int at)
    {
        while (at < source.Length && IsWordPart(source[at])) at++;
        return at;
    }

    // A sign after an exponent is part of the number.
    private static int PastNumber(string source, int at)
    {
        var isHexadecimal = source[at] == '0' && at + 1 < source.Length && source[at + 1] is 'x' or 'X';
        while (at < source.Length && (IsWordPart(source[at]) || source[at] == '.'
            || (source[at] is '+' or '-' && (isHexadecimal ? source[at - 1] is 'p' or 'P' : source[at - 1] is 'e' or 'E'))))
        {
            at++;
        }

        return at;
    }

    private static int PastQuoted(string source, int at)
    {
        var quote = source[at++];
        while (at < source.Length && source[at] != quote && source[at] != '\n') at += source[at] == '\\' ? 2 : 1;
        return Math.Min(source.Length, at + 1);
    }

    // Null if there is no comment.
    private static int? PastComment(string source, int at)
    {
        if (source[at] != '/' || at + 1 == source.Length || source[at + 1] is not ('/' or '*')) return null;
        if (source[at + 1] == '/') return PastLine(source, at);
        var end = source.IndexOf("*/", at + 2, StringComparison.Ordinal);
        return end < 0 ? source.Length : end + 2;
    }

    private static int PastDirective(string source, int at)
    {
        while (at < source.Length && source[at] != '\n')
        {
            if (PastComment(source, at) is { } past) at = past;
            else if (source[at] is '"' or '\'') at = PastQuoted(source, at);
            else at = IsContinued(source, at) is { } next ? next : at + 1;
        }

        return at;
    }

    // To the end of the line, and of those that a backslash joins to it.
    private static int PastLine(string source, int at)
    {
        while (at < source.Length && source[at] != '\n') at = IsContinued(source, at) ?? at + 1;
        return at;
    }

    // The index on the next line after a backslash at the end of one.
    private static int? IsContinued(string source, int at)
    {
        if (source[at] != '\\') return null;
        var end = at + 1 < source.Length && source[at + 1] == '\r' ? at + 2 : at + 1;
        return end < source.Length && source[end] == '\n' ? end + 1 : null;
    }
}
