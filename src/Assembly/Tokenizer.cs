using System.Text;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Assembly;

/// <summary>Lines of text as tokens. Both syntaxes share them, and every text has some.</summary>
internal static class Tokenizer
{
    private const char Comment = '#';

    // The operators that operations state, longest first; one character is a symbol anyway.
    private static readonly string[] Operators =
    [
        .. OperationTable.All.OfType<AluOperation>().Select(operation => operation.Operator)
            .Concat(OperationTable.All.OfType<JumpOperation>().Select(operation => operation.Operator))
            .Concat(OperationTable.All.OfType<AtomicOperation>().Select(operation => operation.Operator))
            .Where(text => text.Length > 1 && !char.IsAsciiLetterOrDigit(text[^1]) && !text.Contains('('))
            .Distinct()
            .OrderByDescending(text => text.Length),
    ];

    /// <summary>The tokens of a line, comments left out; the last is its end.</summary>
    public static Sequence<Token> Tokens(string line)
    {
        var tokens = new List<Token>();
        var start = 0;
        while (true)
        {
            while (start < line.Length && char.IsWhiteSpace(line[start])) start++;
            if (start == line.Length || line[start] == Comment) break;
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

    private static bool IsNameStart(char character) =>
        char.IsAsciiLetter(character) || character is '_' or '.' or '$' or '@';
}
