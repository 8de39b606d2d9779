using System.Numerics;
using System.Text;
using RbpfSpec.Assembly.Patterns;
using RbpfSpec.Semantics.Encoding;

namespace RbpfSpec.Assembly.Text;

/// <summary>A line, or a part of one up to the next separator.</summary>
/// <param name="Number">Which line it is, counted from 1.</param>
/// <param name="Labels">The labels that it defines; their tokens.</param>
/// <param name="Statement">What comes after them.</param>
internal sealed record Line(int Number, Sequence<Token> Labels, Statement Statement);

/// <summary>A statement of a line, without its labels.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    /// <summary>Nothing.</summary>
    internal sealed record Empty : Statement;

    /// <summary>The values that a pattern has read.</summary>
    /// <param name="Production">The way that it is written, and what it stands for.</param>
    /// <param name="Values">The fields.</param>
    /// <param name="Start">The first token.</param>
    /// <param name="Target">The label that a distance or an address is given by, if one is.</param>
    /// <param name="Addend">The bytes that are added to the label's address.</param>
    internal sealed record Parsed(Production Production, FieldValues Values, Token Start, Token? Target, long Addend) : Statement;

    /// <summary>A directive to the assembler.</summary>
    /// <param name="Name">Its name, with the full stop.</param>
    /// <param name="Tokens">What comes after it; the last is the end.</param>
    internal sealed record Directive(Token Name, Sequence<Token> Tokens) : Statement;

    /// <summary>Nothing that the dialect allows.</summary>
    internal sealed record Wrong(AssemblyErrorKind Kind, int Column, string Found, string Expected) : Statement;
}

/// <summary>Lines from text.</summary>
/// <param name="grammar">What a line may be.</param>
/// <param name="constants">The numbers that symbols stand for, as far as the text has been read.</param>
internal sealed class LineParser(Grammar grammar, IReadOnlyDictionary<string, BigInteger> constants)
{
    /// <summary>Reads one line: several statements where semicolons separate them.</summary>
    public IEnumerable<Line> Parse(string text, int number) => ParsePieces(Tokenizer.Tokens(text), number);

    // For LLVM a semicolon separates statements; for GNU as and others it starts a comment.
    private IEnumerable<Line> ParsePieces(Sequence<Token> tokens, int number)
    {
        var isSeparator = grammar.Dialect is Dialect.Llvm;
        Token? semicolon = null;
        foreach (var piece in Pieces(tokens))
        {
            var line = ParsePiece(piece, number);
            if (semicolon is { } before && !isSeparator)
            {
                if (line.Statement is Statement.Wrong || piece.Count == 1) yield break;
                yield return new(number, [], new Statement.Wrong(
                    AssemblyErrorKind.Syntax,
                    before.Column,
                    "';' before a statement, which separates statements for LLVM and starts a comment for others",
                    "a line for each statement, or '#' before a comment"));
                yield break;
            }

            yield return line;
            semicolon = piece[^1];
            isSeparator |= line.Statement is Statement.Directive or Statement.Parsed { Production.Dialect: Dialect.Llvm };
        }
    }

    private static IEnumerable<Sequence<Token>> Pieces(Sequence<Token> tokens)
    {
        var start = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is not TokenKind.End && tokens[i].Text != ";") continue;
            yield return [.. tokens.AsSpan()[start..i], tokens[i] with { Kind = TokenKind.End, Text = "" }];
            start = i + 1;
        }
    }

    private Line ParsePiece(Sequence<Token> tokens, int number)
    {
        var start = 0;
        var labels = new List<Token>();
        while ((tokens[start].IsLabel || IsNumericLabel(tokens[start])) && tokens[start + 1].Text == ":")
        {
            labels.Add(tokens[start]);
            start += 2;
        }

        return new(number, [.. labels], Parse(tokens, start));
    }

    private bool IsNumericLabel(Token token) => token.Kind is TokenKind.Number
        && grammar.Dialect is Dialect.Llvm or Dialect.Gnu or Dialect.Auto
        && !token.Text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private Statement Parse(Sequence<Token> tokens, int start)
    {
        if (tokens[start].Kind is TokenKind.End) return new Statement.Empty();
        var expectations = new Expectations();
        if (Read(grammar, tokens, start, expectations) is { } parsed) return parsed;
        if (tokens[start].Text[0] == '.' && tokens[start].Text.Length > 1 && !tokens[start].Text.Equals(".slot", StringComparison.Ordinal))
            return new Statement.Directive(tokens[start], [.. tokens.AsSpan()[(start + 1)..]]);
        if (Outside(tokens) is { } outside)
            return new Statement.Wrong(AssemblyErrorKind.UnsupportedInstruction, tokens[start].Column, outside.Found, outside.Expected);
        if (OtherSpelling(tokens, start) is { } other) return other;

        // Of what a line may start with there is too much to tell.
        return expectations.Position > start || expectations.IsNear
            ? new Statement.Wrong(AssemblyErrorKind.Syntax, expectations.Column, expectations.Found, expectations.Expected)
            : new Statement.Wrong(
                AssemblyErrorKind.Syntax, tokens[start].Column, tokens[start].Found, "an instruction, a label, a directive or .slot");
    }

    private Statement.Parsed? Read(Grammar from, Sequence<Token> tokens, int start, Expectations expectations)
    {
        foreach (var production in from.StartingWith(tokens[start].Text))
        {
            // What is no instruction here is recognised, but never asked for.
            var cursor = new Cursor(tokens, start, production.Style, constants, production.IsAsked ? expectations : new());
            if (production.Pattern.Matches(cursor))
                return new(production, cursor.Values, tokens[start], cursor.Label, cursor.Addend);
        }

        return null;
    }

    private static Meaning.Unsupported? Outside(Sequence<Token> tokens)
    {
        foreach (var token in tokens)
        {
            if (token.Kind is TokenKind.Word && OutsideRfc.Named(token.Text) is { } known) return Grammar.Outside(known);
        }

        return null;
    }

    // A line that another dialect has, or that is one but for the way that registers are written: how to write it here.
    private Statement.Wrong? OtherSpelling(Sequence<Token> tokens, int start)
    {
        var any = Grammar.Of(Dialect.Auto);
        foreach (var spelling in (Sequence<Func<Token, Token>>)[Same, WithoutPercent, WithPercent])
        {
            Sequence<Token> spelled = tokens.Map(spelling);
            if (spelling != Same) spelled = spelled.With(start, spelled[start] with { Text = spelled[start].Text.ToLowerInvariant() });
            if (Read(any, spelled, start, new()) is not { Production: { Meaning: Meaning.Encodes(var form) } production } parsed) continue;
            if (parsed.Target is { IsRegister: true }) continue;
            var target = grammar.Dialect is Dialect.Auto ? production.Dialect : grammar.Dialect;
            var found = Spaced(tokens, start);
            var whose = spelling == Same ? $", which is {production.Dialect.Describe()}" : "";
            return new(
                AssemblyErrorKind.Syntax,
                tokens[start].Column,
                Token.Quote(found) + whose,
                Token.Quote(Grammar.Usual(form, target).Print(parsed.Values, parsed.Target?.Text).Replace('\t', ' ')));
        }

        return null;
    }

    private static string Spaced(Sequence<Token> tokens, int start)
    {
        var text = new StringBuilder();
        for (var i = start; i < tokens.Count - 1; i++)
        {
            if (i > start && tokens[i].Column > tokens[i - 1].End) text.Append(' ');
            text.Append(tokens[i].Text);
        }

        return text.ToString();
    }

    private static Token Same(Token token) => token;

    private static Token WithoutPercent(Token token) =>
        token.IsRegister || (token.Kind is TokenKind.Word && token.Text[0] == '%')
            ? token with { Text = token.Text.TrimStart('%').ToLowerInvariant() }
            : token;

    private static Token WithPercent(Token token) =>
        token.IsRegister ? token with { Text = "%" + token.Text.ToLowerInvariant() } : token;
}
