namespace RbpfSpec.Symbolic.Solvers.Text;

/// <summary>Reads expressions without recursion, so that no text is too deep for it.</summary>
internal static class SExpressionReader
{
    public static SExpressions Read(string text)
    {
        List<SExpression> items = [];
        Stack<(List<SExpression> Outer, int Position)> open = [];
        var tokens = new SExpressionTokens(text);
        while (true)
        {
            var kind = tokens.Read();
            switch (kind)
            {
                case TokenKind.Malformed:
                    return new SExpressions.Malformed(tokens.Position, tokens.Problem);
                case TokenKind.End when open.TryPeek(out var unclosed):
                    return new SExpressions.Malformed(unclosed.Position, "a parenthesis is not closed");
                case TokenKind.End:
                    return new SExpressions.Complete(items.ToSequence());
                case TokenKind.Open:
                    open.Push((items, tokens.Position));
                    items = [];
                    break;
                case TokenKind.Close when !open.TryPeek(out _):
                    return new SExpressions.Malformed(tokens.Position, "a parenthesis closes nothing");
                case TokenKind.Close:
                    var list = new SExpression(SExpressionKind.List, "", items.ToSequence());
                    items = open.Pop().Outer;
                    items.Add(list);
                    break;
                default:
                    items.Add(Atom(kind, tokens.Content.ToString()));
                    break;
            }
        }
    }

    private static SExpression Atom(TokenKind kind, string content) => kind switch
    {
        TokenKind.Keyword => new(SExpressionKind.Keyword, content, []),
        TokenKind.Numeral => new(SExpressionKind.Numeral, content, []),
        TokenKind.Hexadecimal => new(SExpressionKind.Hexadecimal, content, []),
        TokenKind.Binary => new(SExpressionKind.Binary, content, []),
        TokenKind.String =>
            new(SExpressionKind.String, content.Replace("\"\"", "\"", StringComparison.Ordinal), []),
        _ => new(SExpressionKind.Symbol, content, []),
    };
}
