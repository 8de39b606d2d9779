using System.Numerics;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Assembly.Text;

/// <summary>One reading of a statement against one pattern: how far it got, and the fields read so far.</summary>
/// <param name="tokens">The statement; its last token is its end.</param>
/// <param name="start">The index of the first token to read.</param>
/// <param name="style">How numbers are read.</param>
/// <param name="constants">The numbers that symbols stand for.</param>
/// <param name="expectations">Where to note what was expected.</param>
internal sealed class Cursor(
    Sequence<Token> tokens, int start, NumberStyle style, IReadOnlyDictionary<string, BigInteger> constants, Expectations expectations)
{
    private const string Unambiguous =
        "a number without a leading zero, which would make it octal for LLVM and decimal for bpf_conformance";

    private const string Octal = "digits from 0 to 7 after a leading zero, which makes a number octal, and at most 64 bits";

    private readonly HashSet<Field> read = [];

    /// <summary>The index of the next token.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Whether numbers are read as in C, and names in any case.</summary>
    public bool IsC => style is not NumberStyle.Decimal;

    /// <summary>The next token; at the end of the line, that.</summary>
    public Token Current => tokens[Position];

    /// <summary>The fields read so far.</summary>
    public FieldValues Values { get; private set; }

    /// <summary>The label that a distance or an address is given by; none at first.</summary>
    public Token? Label { get; private set; }

    /// <summary>The bytes that are added to the label's address.</summary>
    public long Addend { get; private set; }

    /// <summary>Goes past the next token if it is the given symbol or word.</summary>
    public bool Accept(string text)
    {
        if (!string.Equals(Current.Text, text, IsC ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            return false;
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
        if (IsC && IsLocalLabel(Current))
        {
            Label = Current;
            Position++;
            return true;
        }

        if (!Current.IsLabel) return false;
        if (IsC) return AcceptAddress();
        Label = Current;
        Position++;
        return true;
    }

    /// <summary>Goes past a symbol and the number that is added to it.</summary>
    public bool AcceptAddress()
    {
        if (!Current.IsLabel || Current.IsRegister) return false;
        var expression = new Expression(tokens, Position, style, constants);
        if (expression.Read() is not { Plus: { } symbol, Minus: null, Number: var number }
            || number < long.MinValue
            || number > long.MaxValue)
        {
            return false;
        }

        (Label, Addend, Position) = (symbol, (long)number, expression.Position);
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
        if (!StartsNumber()) return Refuse(expected);
        if (IsC)
        {
            var expression = new Expression(tokens, first, style, constants);
            if (expression.Read() is not { } sum)
            {
                var wrong = tokens[expression.Position];
                var isLeading = wrong.Text.StartsWith('0') && wrong.IsNumber(NumberStyle.Decimal, out _);
                var right = (isLeading, style) switch
                {
                    (false, _) => expected,
                    (true, NumberStyle.Alike) => Unambiguous,
                    (true, _) => Octal,
                };
                return Refuse(expression.Position, wrong.Found, right, isNear: true);
            }

            if (!sum.IsNumber || sum.Number < least || sum.Number > greatest)
                return Refuse(first, Found(first, expression.Position), expected, isNear: true);
            value = (Int128)sum.Number;
            Position = expression.Position;
            return true;
        }

        var isNegative = Current.Text == "-";
        var number = isNegative ? tokens[first + 1] : Current;
        var isNumber = number.IsNumber(style, out var magnitude);
        value = isNegative ? -(Int128)magnitude : magnitude;
        if (!isNumber || value < least || value > greatest)
            return Refuse(first, Found(first, first + (isNegative ? 2 : 1)), expected, isNear: true);
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

    /// <summary>Whether a token refers to a label that is a number: the last one before, or the next one.</summary>
    public static bool IsLocalLabel(Token token) => token.Kind is TokenKind.Number
        && token.Text[^1] is 'b' or 'f'
        && !token.Text.AsSpan(0, token.Text.Length - 1).ContainsAnyExceptInRange('0', '9');

    private bool StartsNumber()
    {
        if (Current.Kind is TokenKind.Number) return true;
        if (IsC && Current.IsLabel && constants.ContainsKey(Current.Text)) return true;
        return (Current.Text == "-" || (Current.Text == "+" && IsC)) && tokens[Position + 1].Kind is TokenKind.Number;
    }

    private string Found(int from, int to) => Token.Quote(string.Concat(tokens.Skip(from).Take(to - from).Select(token => token.Text)));

    private bool Refuse(int position, string found, string expected, bool isNear)
    {
        expectations.Add(position, isNear, tokens[position].Column, found, expected);
        return false;
    }
}
