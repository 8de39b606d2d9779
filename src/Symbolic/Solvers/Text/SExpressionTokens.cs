using System.Buffers;

namespace RbpfSpec.Symbolic.Solvers.Text;

/// <summary>The kinds of token of SMT-LIB 2.</summary>
internal enum TokenKind
{
    End,
    Open,
    Close,
    Symbol,
    Keyword,
    Numeral,
    Hexadecimal,
    Binary,
    String,
    Malformed,
}

/// <summary>Walks over the tokens of a text without making objects of them.</summary>
internal ref struct SExpressionTokens(ReadOnlySpan<char> text)
{
    private static readonly SearchValues<char> SymbolCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789~!@$%^&*_-+=<>.?/");

    private static readonly SearchValues<char> Decimal = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly SearchValues<char> Binary = SearchValues.Create("01");

    private readonly ReadOnlySpan<char> text = text;
    private int next;

    /// <summary>Where the token starts, as an index into the text.</summary>
    public int Position { get; private set; }

    /// <summary>The characters of a token other than a parenthesis, without the quotes or bars around it.</summary>
    public ReadOnlySpan<char> Content { get; private set; }

    /// <summary>The problem of a malformed token.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Whether a symbol needs no bars.</summary>
    public static bool IsSimpleSymbol(string name) =>
        IsAll(name, SymbolCharacters) && !Decimal.Contains(name[0]);

    /// <summary>Goes to the next token.</summary>
    public TokenKind Read()
    {
        SkipBlanks();
        Position = next;
        Content = [];
        if (next == text.Length) return TokenKind.End;
        var first = text[next++];
        return first switch
        {
            '(' => TokenKind.Open,
            ')' => TokenKind.Close,
            '|' => Quoted('|', TokenKind.Symbol, "a quoted symbol does not end"),
            '"' => Quoted('"', TokenKind.String, "a string does not end"),
            ':' => Keyword(),
            '#' => BitVector(),
            >= '0' and <= '9' => Number(),
            _ when SymbolCharacters.Contains(first) => Symbol(),
            _ => Malformed($"the character U+{(int)first:X4} begins nothing"),
        };
    }

    private void SkipBlanks()
    {
        while (next < text.Length)
        {
            if (text[next] == ';')
            {
                // A null character would end the text for solvers that are libraries, so it is no part of a comment.
                var length = text[next..].IndexOfAny('\n', '\0');
                next = length < 0 ? text.Length : next + length;
            }
            else if (text[next] is not (' ' or '\t' or '\r' or '\n'))
            {
                return;
            }
            else
            {
                next++;
            }
        }
    }

    private TokenKind Symbol()
    {
        Content = Run();
        return TokenKind.Symbol;
    }

    private TokenKind Keyword()
    {
        Content = Run();
        return Content.Length > 1 ? TokenKind.Keyword : Malformed("a colon without a name");
    }

    private TokenKind Number()
    {
        Content = Run();
        var whole = Content.IndexOfAnyExceptInRange('0', '9');
        var fraction = whole < 0 ? "0" : Content[(whole + 1)..];
        var isNumber = whole < 0 || (Content[whole] == '.' && IsAll(fraction, Decimal));
        return isNumber ? TokenKind.Numeral : Malformed("a number with other characters than digits");
    }

    private TokenKind BitVector()
    {
        Content = Run();
        return Content switch
        {
            ['#', 'x', .. var digits] when IsAll(digits, Hexadecimal) => TokenKind.Hexadecimal,
            ['#', 'b', .. var digits] when IsAll(digits, Binary) => TokenKind.Binary,
            _ => Malformed("a # without x and hexadecimal digits or b and binary digits"),
        };
    }

    private static bool IsAll(ReadOnlySpan<char> digits, SearchValues<char> allowed) =>
        digits.Length > 0 && !digits.ContainsAnyExcept(allowed);

    private TokenKind Quoted(char quote, TokenKind kind, string unended)
    {
        var start = next;
        while (true)
        {
            var end = text[next..].IndexOfAny(quote, '\0');
            if (end < 0 || text[next + end] == '\0') return Malformed(unended);
            next += end + 1;

            // Two quotes stand for one in a string.
            if (quote == '|' || next == text.Length || text[next] != quote) break;
            next++;
        }

        Content = text[start..(next - 1)];
        return kind;
    }

    // The first character has been taken, and need not be one of a symbol.
    private ReadOnlySpan<char> Run()
    {
        var length = text[next..].IndexOfAnyExcept(SymbolCharacters);
        next = length < 0 ? text.Length : next + length;
        return text[Position..next];
    }

    // Nothing is read after it.
    private TokenKind Malformed(string problem)
    {
        next = text.Length;
        Content = [];
        Problem = problem;
        return TokenKind.Malformed;
    }
}
