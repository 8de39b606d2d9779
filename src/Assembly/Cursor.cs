using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Assembly;

/// <summary>One reading of a line against one pattern: how far it got, and the fields read so far.</summary>
internal sealed class Cursor(Sequence<Token> tokens, int start, Expectations expectations)
{
    private readonly HashSet<Field> read = [];

    /// <summary>The index of the next token.</summary>
    public int Position { get; private set; } = start;

    /// <summary>The next token; at the end of the line, that.</summary>
    public Token Current => tokens[Position];

    /// <summary>The fields read so far.</summary>
    public FieldValues Values { get; private set; }

    /// <summary>The label that a distance is given by; none at first.</summary>
    public Token? Label { get; private set; }

    /// <summary>Goes past the next token if it is the given symbol or word.</summary>
    public bool Accept(string text)
    {
        if (Current.Text != text) return false;
        Position++;
        return true;
    }

    /// <summary>Goes past the next token, whatever it is, if the line goes on.</summary>
    public void Skip() => Position = Math.Min(Position + 1, tokens.Count - 1);

    /// <summary>Stops at the next token, which is not of the expected sort.</summary>
    public bool Refuse(string expected, bool isNear = false) => Refuse(Position, Current.Found, expected, isNear);

    /// <summary>Whether the line ends here.</summary>
    public bool AtEnd() => Current.Kind is TokenKind.End || Refuse("the end of the line");

    /// <summary>Goes past a label that gives a distance.</summary>
    public bool AcceptLabel()
    {
        if (!Current.IsLabel) return false;
        Label = Current;
        Position++;
        return true;
    }

    /// <summary>Goes past a number, with or without a minus, between two bounds that are included.</summary>
    /// <param name="least">The least number that is right.</param>
    /// <param name="greatest">The greatest number that is right.</param>
    /// <param name="expected">The number in words, for the error message.</param>
    /// <param name="value">The number, if it is one.</param>
    public bool AcceptNumber(Int128 least, Int128 greatest, string expected, out Int128 value)
    {
        value = 0;
        var first = Position;
        var isNegative = Current.Text == "-" && tokens[Position + 1].Kind is TokenKind.Number;
        var number = isNegative ? tokens[Position + 1] : Current;
        if (number.Kind is not TokenKind.Number) return Refuse(expected);
        var isNumber = number.IsNumber(out var magnitude);
        value = isNegative ? -(Int128)magnitude : magnitude;
        if (!isNumber || value < least || value > greatest)
            return Refuse(first, isNegative ? $"'-{number.Text}'" : number.Found, expected, isNear: true);
        Position += isNegative ? 2 : 1;
        return true;
    }

    /// <summary>Notes the value of a field, of a token that the cursor has passed.</summary>
    /// <returns>Whether the field had no value, or the same.</returns>
    public bool TrySet(Field field, int value)
    {
        if (!read.Add(field) && Values[field] != value) return false;
        Values = Values.With(field, value);
        return true;
    }

    /// <summary>Notes the value of imm and next_imm.</summary>
    public void SetWide(ulong value) => Values = Values.WithWide(value);

    private bool Refuse(int position, string found, string expected, bool isNear)
    {
        expectations.Add(position, isNear, tokens[position].Column, found, expected);
        return false;
    }
}
