using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using RbpfSpec.Conformance.SourceMutants.Lexing;

namespace RbpfSpec.Conformance.SourceMutants.Operators;

/// <summary>Constants that are off by one, zero, cut masks, and sizes halved and doubled.</summary>
internal static partial class ConstantMutator
{
    private const int MillisecondsAtMost = 1000;

    // From here on a power of two may be a size in bits or bytes.
    private const int LeastSize = 8;

    /// <summary>The changes of a token.</summary>
    public static IEnumerable<Edit> At(CSource source, int index)
    {
        var token = source.Tokens[index];
        return token.Kind switch
        {
            CTokenKind.Number => Numbers(token.Text).Select(text => new Edit("constant", token.Start, token.End, text)),
            CTokenKind.Character => Characters(token.Text).Select(text => new Edit("constant", token.Start, token.End, text)),
            CTokenKind.Word or CTokenKind.Text or CTokenKind.Sign => [],
            _ => [],
        };
    }

    // Integers only: a number with an exponent or a point is left as it is.
    private static IEnumerable<string> Numbers(string text)
    {
        var match = Integer().Match(text);
        if (!match.Success) yield break;
        var (prefix, digits, suffix) = (match.Groups["prefix"].Value, match.Groups["digits"].Value, match.Groups["suffix"].Value);
        var isHexadecimal = prefix != "";

        // An octal number is written as a decimal one: it says the same.
        var value = isHexadecimal ? BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : digits.StartsWith('0') ? Octal(digits)
            : BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        if (value < 0) yield break;
        foreach (var other in Values(value, isHexadecimal).Where(other => other != value).Distinct())
            yield return $"{prefix}{(isHexadecimal ? Hexadecimal(other) : other.ToString(CultureInfo.InvariantCulture))}{suffix}";
    }

    private static IEnumerable<BigInteger> Values(BigInteger value, bool isHexadecimal)
    {
        yield return value + 1;
        if (value > 0) yield return value - 1;
        yield return BigInteger.Zero;
        if (isHexadecimal && value >= 0xf && (value & (value + 1)).IsZero)
            yield return (BigInteger.One << (int)(value.GetBitLength() / 2)) - 1;
        if (value < LeastSize || !value.IsPowerOfTwo) yield break;
        yield return value / 2;
        yield return value * 2;
    }

    // The next character and the one before, where they are written as themselves.
    private static IEnumerable<string> Characters(string text)
    {
        if (text.Length != 3) yield break;
        foreach (var other in (char[])[(char)(text[1] + 1), (char)(text[1] - 1)])
        {
            if (other is > ' ' and <= '~' and not ('\'' or '\\')) yield return $"'{other}'";
        }
    }

    // Minus one if it is none.
    private static BigInteger Octal(string digits) =>
        digits.All(digit => digit < '8')
            ? digits.Aggregate(BigInteger.Zero, (value, digit) => (value * 8) + (digit - '0'))
            : BigInteger.MinusOne;

    private static string Hexadecimal(BigInteger value)
    {
        var digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits == "" ? "0" : digits;
    }

    [GeneratedRegex(
        "^(?:(?<prefix>0[xX])(?<digits>[0-9a-fA-F]+)|(?<digits>[0-9]+))(?<suffix>[uUlL]*)$",
        RegexOptions.ExplicitCapture,
        MillisecondsAtMost)]
    private static partial Regex Integer();
}
