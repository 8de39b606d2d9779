using RbpfSpec.Semantics;

namespace RbpfSpec.Assembly;

/// <summary>What a line holds.</summary>
/// <param name="Labels">The labels that it defines; their tokens.</param>
/// <param name="Statement">What comes after them.</param>
internal sealed record Line(Sequence<Token> Labels, Statement Statement);

/// <summary>What a line says, labels apart.</summary>
internal abstract record Statement
{
    private Statement()
    {
    }

    /// <summary>Nothing.</summary>
    internal sealed record Empty : Statement;

    /// <summary>What a pattern reads.</summary>
    /// <param name="Meaning">What it stands for.</param>
    /// <param name="Values">The fields.</param>
    /// <param name="Start">The first token.</param>
    /// <param name="Target">The label that a distance is given by, if one is.</param>
    internal sealed record Parsed(Meaning Meaning, FieldValues Values, Token Start, Token? Target) : Statement;

    /// <summary>Nothing that the syntax allows.</summary>
    internal sealed record Wrong(int Column, string Found, string Expected) : Statement;
}

/// <summary>Lines from text.</summary>
internal static class LineParser
{
    /// <summary>Reads one line.</summary>
    public static Line Parse(string text, Grammar grammar)
    {
        var tokens = Tokenizer.Tokens(text);
        var start = 0;
        var labels = new List<Token>();
        while (tokens[start].IsLabel && tokens[start + 1].Text == ":")
        {
            labels.Add(tokens[start]);
            start += 2;
        }

        return new([.. labels], Parse(tokens, start, grammar));
    }

    private static Statement Parse(Sequence<Token> tokens, int start, Grammar grammar)
    {
        if (tokens[start].Kind is TokenKind.End) return new Statement.Empty();
        var expectations = new Expectations();
        foreach (var (pattern, meaning) in grammar.StartingWith(tokens[start].Text))
        {
            // What is no instruction here is recognised, but never asked for.
            var cursor = new Cursor(tokens, start, meaning is Meaning.Unsupported ? new() : expectations);
            if (pattern.Matches(cursor))
                return new Statement.Parsed(meaning, cursor.Values, tokens[start], cursor.Label);
        }

        // Of what a line may start with there is too much to tell.
        return expectations.Position > start || expectations.IsNear
            ? new Statement.Wrong(expectations.Column, expectations.Found, expectations.Expected)
            : new Statement.Wrong(tokens[start].Column, tokens[start].Found, "an instruction, a label or .slot");
    }
}
