using System.Text;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly.Text;

/// <summary>Lines of text as tokens. Both syntaxes share them, and every text has some.</summary>
internal static class Tokenizer
{
    /// <summary>The operators of more than one character that operations state, longest first.</summary>
    internal static string[] Operators { get; } =
    [
        .. OperationTable.All.OfType<AluOperation>().Select(operation => operation.Operator)
            .Concat(OperationTable.All.OfType<JumpOperation>().Select(operation => operation.Operator))
            .Concat(OperationTable.All.OfType<AtomicOperation>().Select(operation => operation.Operator))
            .Where(text => text.Length > 1 && !char.IsAsciiLetterOrDigit(text[^1]) && !text.Contains('('))
            .Distinct()
            .OrderByDescending(text => text.Length),
    ];

    /// <summary>The tokens of a line without comments; the last is its end.</summary>
    public static Sequence<Token> Tokens(string line)
    {
        var tokens = new List<Token>();
        var start = 0;
        while (true)
        {
            while (start < line.Length && char.IsWhiteSpace(line[start])) start++;
            if (start == line.Length) break;
            var (kind, length) = First(line.AsSpan(start));
            tokens.Add(new(kind, line.Substring(start, length), start + 1));
            start += length;
        }

        tokens.Add(new(TokenKind.End, "", start + 1));
        return [.. tokens];
    }

    private static (TokenKind Kind, int Length) First(ReadOnlySpan<char> text)
    {
        foreach (var candidate in Operators)
        {
            if (text.StartsWith(candidate)) return (TokenKind.Symbol, candidate.Length);
        }

        if (text[0] is '"' or '\'' && Closing(text) is > 0 and var end)
            return (text[0] == '"' ? TokenKind.Text : TokenKind.Number, end + 1);
        if (char.IsAsciiDigit(text[0])) return (TokenKind.Number, Run(text, 0));
        if (IsNameStart(text[0])) return (TokenKind.Word, Run(text, 0));
        if (text[0] == '%' && text.Length > 1 && IsNameStart(text[1])) return (TokenKind.Word, Run(text, 1));
        Rune.DecodeFromUtf16(text, out _, out var length);
        return (TokenKind.Symbol, length);
    }

    private static int Run(ReadOnlySpan<char> text, int start)
    {
        while (start < text.Length && (IsNameStart(text[start]) || char.IsAsciiDigit(text[start]))) start++;
        return start;
    }

    /// <summary>The index of the quote that ends the text which the first one begins; 0 if none does.</summary>
    public static int Closing(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == text[0]) return i;
        }

        return 0;
    }

    private static bool IsNameStart(char character) =>
        char.IsAsciiLetter(character) || character is '_' or '.' or '$' or '@';
}
