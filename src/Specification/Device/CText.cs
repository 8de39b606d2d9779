using System.Globalization;

namespace RbpfSpec.Specification.Device;

/// <summary>Terms as text of C, given what is known where they are evaluated.</summary>
internal static class CText
{
    /// <summary>The text of a term where some truth values are known to be false.</summary>
    /// <exception cref="InvalidOperationException">It divides by what is not known to differ from zero there.</exception>
    public static string Of(CTerm term, Sequence<CTerm> refuted) => WithoutParentheses(Write(term, refuted));

    private static string Write(CTerm term, Sequence<CTerm> refuted) => term switch
    {
        CTerm.Number(var value) => Number(value),
        CTerm.Truth(var value) => value ? "true" : "false",
        CTerm.Name(var text) => text,
        CTerm.Not(CTerm.Same(var left, var right)) => Binary("({0} != {1})", left, right, refuted),
        CTerm.Not(var operand) => $"!{Write(operand, refuted)}",
        CTerm.Same(var left, var right) => Binary("({0} == {1})", left, right, refuted),
        CTerm.Choice(var condition, var then, var otherwise) =>
            $"({Write(condition, refuted)} ? {Write(then, refuted)} : {Write(otherwise, refuted.Add(condition))})",
        CTerm.Division(var shape, var dividend, var divisor) => refuted.Contains(new CTerm.Same(divisor, new CTerm.Number(0)))
            ? Binary(shape, dividend, divisor, refuted)
            : throw new InvalidOperationException("a rule divides by what may be zero, for which C has no value"),
        CTerm.Apply(var shape, var operands) => string.Format(
            CultureInfo.InvariantCulture, shape, [.. operands.Select(operand => Write(operand, refuted))]),
    };

    private static string Binary(string shape, CTerm left, CTerm right, Sequence<CTerm> refuted) =>
        string.Format(CultureInfo.InvariantCulture, shape, Write(left, refuted), Write(right, refuted));

    private static string Number(ulong value) => value switch
    {
        < 100 => $"{value}",
        <= uint.MaxValue => $"0x{value:x}u",
        _ => $"0x{value:x}u",
    };

    private static string WithoutParentheses(string text)
    {
        if (!text.StartsWith('(')) return text;
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0) return i == text.Length - 1 ? text[1..^1] : text;
        }

        return text;
    }
}
