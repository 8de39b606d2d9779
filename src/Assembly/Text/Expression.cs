using System.Numerics;

namespace RbpfSpec.Assembly.Text;

/// <summary>A sum of at most two symbols and a number: what an expression comes to.</summary>
/// <param name="Number">The number.</param>
/// <param name="Plus">The symbol that is added, if one is.</param>
/// <param name="Minus">The symbol that is taken away, if one is.</param>
internal sealed record Sum(BigInteger Number, Token? Plus = null, Token? Minus = null)
{
    /// <summary>Whether no symbol is left.</summary>
    public bool IsNumber => Plus is null && Minus is null;
}

/// <summary>Reads expressions of numbers and symbols.</summary>
/// <remarks>
/// Operators bind as in LLVM and GNU as: <c>+ -</c> least, then <c>| &amp; ^</c>, then <c>* / % &lt;&lt; &gt;&gt;</c>.
/// </remarks>
/// <param name="tokens">The line.</param>
/// <param name="position">The index of the expression's first token.</param>
/// <param name="style">How numbers are read.</param>
/// <param name="constants">The numbers that symbols stand for; a symbol that is not among them stays one.</param>
internal sealed class Expression(
    IReadOnlyList<Token> tokens, int position, NumberStyle style, IReadOnlyDictionary<string, BigInteger> constants)
{
    // Deeper nesting is nothing that anyone writes, and must not end the process.
    private const int Deepest = 64;

    private static readonly BigInteger Limit = BigInteger.One << 64;

    private int depth;

    /// <summary>The index of the token after what was read.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The value; null if there is none, and then the position is where it went wrong.</summary>
    public Sum? Read() => Binary(1);

    /// <summary>The binary operator at an index; its binding and its length in tokens.</summary>
    private (string Text, int Binding, int Length)? Operator()
    {
        var token = tokens[Position];
        if (token.Kind is not TokenKind.Symbol) return null;
        // A symbol is never the last token: the end of the line comes after it.
        var isTwice = tokens[Position + 1].Text == token.Text && tokens[Position + 1].Column == token.End;
        return token.Text switch
        {
            "+" or "-" => (token.Text, 1, 1),
            "|" or "&" or "^" => (token.Text, 2, 1),
            "*" or "/" or "%" => (token.Text, 3, 1),
            "<" or ">" when isTwice => (token.Text + token.Text, 3, 2),
            _ => null,
        };
    }

    private Sum? Binary(int binding)
    {
        if (++depth > Deepest) return null;
        var left = Unary();
        while (left is not null && Operator() is var (text, strength, length) && strength >= binding)
        {
            var start = Position;
            Position += length;
            if (Binary(strength + 1) is not { } right) return null;
            left = Apply(text, left, right);
            if (left is not null) continue;
            Position = start;
            return null;
        }

        depth--;
        return left;
    }

    private Sum? Unary()
    {
        var token = tokens[Position];
        if (token.Text is "-" or "+" or "~" && token.Kind is TokenKind.Symbol)
        {
            if (++depth > Deepest) return null;
            Position++;
            if (Unary() is not { } operand) return null;
            depth--;
            if (token.Text == "+") return operand;
            if (operand.IsNumber) return new(token.Text == "-" ? -operand.Number : -operand.Number - 1);
            Position--;
            return null;
        }

        return Primary(token);
    }

    private Sum? Primary(Token token)
    {
        switch (token.Kind)
        {
            case TokenKind.Number when token.IsNumber(style, out var value):
                Position++;
                return new(value);
            case TokenKind.Number when Cursor.IsLocalLabel(token):
                Position++;
                return new(0, token);
            case TokenKind.Word when token.IsLabel:
                Position++;
                return constants.TryGetValue(token.Text, out var constant) ? new(constant) : new(0, token);
            case TokenKind.Text when token.Text.Length > 2:
                Position++;
                return new(0, token with { Text = token.Text[1..^1] });
            case TokenKind.Symbol when token.Text == "(":
                Position++;
                if (Binary(1) is not { } inner) return null;
                if (tokens[Position].Text != ")") return null;
                Position++;
                return inner;
            default:
                return null;
        }
    }

    private static Sum? Apply(string text, Sum left, Sum right) => text switch
    {
        "+" when left.Plus is null || right.Plus is null =>
            left.Minus is null || right.Minus is null
                ? Fit(new(left.Number + right.Number, left.Plus ?? right.Plus, left.Minus ?? right.Minus))
                : null,
        "-" when left.Plus is null || right.Minus is null =>
            left.Minus is null || right.Plus is null
                ? Fit(new(left.Number - right.Number, left.Plus ?? right.Minus, left.Minus ?? right.Plus))
                : null,
        _ when left.IsNumber && right.IsNumber => Apply(text, left.Number, right.Number) is { } number ? Fit(new(number)) : null,
        _ => null,
    };

    private static BigInteger? Apply(string text, BigInteger left, BigInteger right) => text switch
    {
        "*" => left * right,
        "/" when !right.IsZero => left / right,
        "%" when !right.IsZero => left % right,
        "|" => left | right,
        "&" => left & right,
        "^" => left ^ right,
        "<<" when right >= 0 && right < 64 => left << (int)right,
        ">>" when right >= 0 && right < 64 => left >> (int)right,
        _ => null,
    };

    private static Sum? Fit(Sum sum) => BigInteger.Abs(sum.Number) < Limit ? sum : null;
}
