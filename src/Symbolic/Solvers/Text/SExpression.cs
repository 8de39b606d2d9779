using System.Text;

namespace RbpfSpec.Symbolic.Solvers.Text;

/// <summary>The kinds of expression.</summary>
public enum SExpressionKind
{
    /// <summary>Expressions in parentheses.</summary>
    List,

    /// <summary>A name; <c>|a|</c> is the same symbol as <c>a</c>.</summary>
    Symbol,

    /// <summary>The name of an attribute, such as <c>:named</c>.</summary>
    Keyword,

    /// <summary>A natural number or a decimal fraction.</summary>
    Numeral,

    /// <summary>A bit vector of four bits a digit, such as <c>#x0f</c>.</summary>
    Hexadecimal,

    /// <summary>A bit vector of one bit a digit, such as <c>#b01</c>.</summary>
    Binary,

    /// <summary>Text in quotes.</summary>
    String,
}

/// <summary>An expression as SMT-LIB 2 writes it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">The text, without the bars of a symbol and the quotes of a string; empty of a list.</param>
/// <param name="Items">The expressions in a list; empty of all others.</param>
public sealed record SExpression(SExpressionKind Kind, string Text, Sequence<SExpression> Items)
{
    /// <summary>Reads a text that holds any number of expressions, however deep.</summary>
    public static SExpressions Read(string text) => SExpressionReader.Read(text);

    /// <summary>The expression on one line.</summary>
    public override string ToString()
    {
        // Without recursion, as an expression is as deep as the text that it was read from.
        var line = new StringBuilder();
        Stack<Sequence<SExpression>.Enumerator> open = [];
        Write(this);
        while (open.TryPop(out var items))
        {
            if (!items.MoveNext())
            {
                line.Append(')');
                continue;
            }

            if (line[^1] != '(') line.Append(' ');
            open.Push(items);
            Write(items.Current);
        }

        return line.ToString();

        void Write(SExpression expression)
        {
            if (expression.Kind is SExpressionKind.List)
            {
                line.Append('(');
                open.Push(expression.Items.GetEnumerator());
            }
            else
            {
                line.Append(expression.Quoted());
            }
        }
    }

    private string Quoted() => Kind switch
    {
        SExpressionKind.String => $"\"{Text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
        SExpressionKind.Symbol => SExpressionTokens.IsSimpleSymbol(Text) ? Text : $"|{Text}|",
        SExpressionKind.List or SExpressionKind.Keyword or SExpressionKind.Numeral => Text,
        SExpressionKind.Hexadecimal or SExpressionKind.Binary => Text,
    };
}

/// <summary>The result of reading expressions.</summary>
public abstract record SExpressions
{
    private SExpressions()
    {
    }

    /// <summary>The text is well-formed.</summary>
    /// <param name="Expressions">Its outermost expressions.</param>
    public sealed record Complete(Sequence<SExpression> Expressions) : SExpressions;

    /// <summary>The text is not well-formed.</summary>
    /// <param name="Position">Where, as an index into the text.</param>
    /// <param name="Problem">What is wrong there.</param>
    public sealed record Malformed(int Position, string Problem) : SExpressions;
}
