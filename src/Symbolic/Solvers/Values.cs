using System.Globalization;
using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>Reads the values that solvers print.</summary>
public static class Values
{
    /// <summary>Reads the reply to <c>get-value</c>: a list of pairs of a term and its value.</summary>
    /// <param name="reply">What the solver printed.</param>
    /// <param name="wanted">The terms that it was asked for.</param>
    public static ParsedValues Parse(string reply, Sequence<string> wanted) => SExpression.Read(reply) switch
    {
        SExpressions.Malformed(var position, var problem) =>
            new ParsedValues.Malformed($"{problem} at character {position} of the values"),
        SExpressions.Complete(var expressions) => expressions is [{ Kind: SExpressionKind.List } list]
            ? Pairs(list.Items, wanted)
            : new ParsedValues.Malformed("the values are not one list"),
    };

    private static ParsedValues Pairs(Sequence<SExpression> pairs, Sequence<string> wanted)
    {
        if (pairs.Count != wanted.Count)
            return new ParsedValues.Malformed($"{wanted.Count} values were wanted and {pairs.Count} were given");

        var values = new Value[pairs.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (pairs[i].Items is not [var term, var given] || !IsOf(wanted[i], term))
                return new ParsedValues.Malformed($"value {i} is not that of {wanted[i]}");
            if (Bits(given) is not { } value)
                return new ParsedValues.Malformed($"value {i}, of {wanted[i]}, is neither a Boolean nor of 1 to 64 bits");
            values[i] = value;
        }

        return new ParsedValues.Complete(values.ToSequence());
    }

    // Solvers may print a term otherwise than it was written, but not a symbol.
    private static bool IsOf(string wanted, SExpression term) =>
        SExpression.Read(wanted) is not SExpressions.Complete([{ Kind: SExpressionKind.Symbol } symbol]) || symbol == term;

    private static Value? Bits(SExpression value) => value.Kind switch
    {
        SExpressionKind.Symbol => Truth(value.Text),
        SExpressionKind.Hexadecimal => FromDigits(value.Text[2..], numberBase: 16, bitsPerDigit: 4),
        SExpressionKind.Binary => FromDigits(value.Text[2..], numberBase: 2, bitsPerDigit: 1),
        SExpressionKind.List => Indexed(value.Items),
        SExpressionKind.Keyword or SExpressionKind.Numeral or SExpressionKind.String => null,
    };

    private static Value? Truth(string name) => name switch
    {
        "true" => new Value(1, 0),
        "false" => new Value(0, 0),
        _ => null,
    };

    private static Value? FromDigits(string digits, int numberBase, int bitsPerDigit) =>
        digits.Length * bitsPerDigit <= 64 ? new(Convert.ToUInt64(digits, numberBase), digits.Length * bitsPerDigit) : null;

    // (_ bv5 32) is 5 in 32 bits.
    private static Value? Indexed(Sequence<SExpression> items) =>
        items is
        [
        { Kind: SExpressionKind.Symbol, Text: "_" },
        { Kind: SExpressionKind.Symbol, Text: ['b', 'v', .. var digits] },
        { Kind: SExpressionKind.Numeral, Text: var size },
        ]
        && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
        && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
        && width is >= 1 and <= 64
        && bits <= ulong.MaxValue >> (64 - width)
            ? new Value(bits, width)
            : null;
}

/// <summary>The result of reading values.</summary>
public abstract record ParsedValues
{
    private ParsedValues()
    {
    }

    /// <summary>A value for each wanted term, in their order.</summary>
    /// <param name="Values">The values.</param>
    public sealed record Complete(Sequence<Value> Values) : ParsedValues;

    /// <summary>The text is not a list of the values that were wanted.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Malformed(string Problem) : ParsedValues;
}
