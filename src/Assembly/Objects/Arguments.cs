using System.Numerics;
using RbpfSpec.Assembly.Text;

namespace RbpfSpec.Assembly.Objects;

/// <summary>Why a directive makes no sense: where, what stands there, and what would be right.</summary>
internal sealed record Misuse(int Column, string Found, string Expected)
{
    /// <summary>The error in a line.</summary>
    public AssemblyError At(int line) => new(AssemblyErrorKind.Syntax, line, Column, Found, Expected);
}

/// <summary>The arguments of a directive: the text after its name, between commas.</summary>
internal sealed class Arguments
{
    private readonly List<Sequence<Token>> parts = [];

    /// <summary>The arguments of a directive.</summary>
    public Arguments(Statement.Directive directive, int line)
    {
        Name = directive.Name;
        Line = line;
        var tokens = directive.Tokens;
        if (tokens.Count == 1) return;
        var start = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind is not TokenKind.End && tokens[i].Text != ",") continue;
            parts.Add([.. tokens.AsSpan()[start..i], tokens[i] with { Kind = TokenKind.End, Text = "" }]);
            start = i + 1;
        }
    }

    /// <summary>The directive's name.</summary>
    public Token Name { get; }

    /// <summary>The line.</summary>
    public int Line { get; }

    /// <summary>The number of arguments.</summary>
    public int Count => parts.Count;

    /// <summary>An argument's text, without its quotes and spaces.</summary>
    public string Joined(int index) => string.Concat(parts[index].Select(token => token.Text)).Trim('"');

    /// <summary>The text between quotes; null if the argument is something else.</summary>
    public string? Quoted(int index) =>
        parts[index] is [{ Kind: TokenKind.Text, Text: var text }, _] ? text[1..^1] : null;

    /// <summary>The bytes of text in quotes; null if the argument is something else.</summary>
    public byte[]? Bytes(int index) => Quoted(index) is { } text ? Characters.Bytes(text) : null;

    /// <summary>A symbol's name; null if the argument is something else.</summary>
    public string? Symbol(int index) =>
        index < Count && parts[index] is [{ Kind: TokenKind.Word or TokenKind.Text }, _] ? Joined(index) : null;

    /// <summary>An expression; null if the argument is something else.</summary>
    public Sum? Sum(int index, IReadOnlyDictionary<string, BigInteger> constants)
    {
        if (index >= Count) return null;
        var expression = new Expression(parts[index], 0, NumberStyle.C, constants);
        return expression.Read() is { } sum && parts[index][expression.Position].Kind is TokenKind.End ? sum : null;
    }

    /// <summary>That an argument is not what it should be.</summary>
    public Misuse Wrong(int index, string expected)
    {
        if (index >= Count) return new(Count == 0 ? Name.End : parts[^1][^1].Column, "the end of the line", expected);
        var part = parts[index];
        return part.Count == 1
            ? new(part[0].Column, "nothing", expected)
            : new(part[0].Column, Token.Quote(string.Concat(part.Select(token => token.Text))), expected);
    }
}
