using System.Globalization;

namespace RbpfSpec.ProgramReports;

/// <summary>The result of a program as people read it.</summary>
public static class Results
{
    /// <summary>r0 in hexadecimal and, in parentheses, in decimal, and what C's types make of it where that differs.</summary>
    /// <remarks>
    /// A function that returns <c>int</c> leaves the upper half of r0 open: what counts is <c>as int</c>, the low 32 bits.
    /// </remarks>
    public static string Text(Word result) => $"r0 = {result} ({Numbers(result.Value)})";

    private static string Numbers(ulong value)
    {
        var (small, large) = (unchecked((int)value), unchecked((long)value));
        var signed = string.Create(CultureInfo.InvariantCulture, $"{large}");
        if (large >= 0 && small == large) return signed;
        var plain = string.Create(CultureInfo.InvariantCulture, $"{value}");
        if (small == large) return $"{plain}; signed: {signed}";
        var low = string.Create(CultureInfo.InvariantCulture, $"as int: {small}");
        return large < 0 ? $"{plain}; signed: {signed}; {low}" : $"{plain}; {low}";
    }
}
