using System.Numerics;

namespace RbpfSpec.Reports;

/// <summary>Numbers with what they count, for people: <c>1 program</c>, <c>2 programs</c>.</summary>
public static class Counted
{
    /// <summary>A number, in decimal, and the noun in the form that goes with it.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The noun for one, such as <c>program</c>.</param>
    /// <param name="many">The noun for any other number; that for one and an s if it is not given.</param>
    public static string Of<T>(T count, string one, string? many = null)
        where T : IBinaryInteger<T> =>
        FormattableString.Invariant($"{count} {Form(count, one, many)}");

    /// <summary>The word alone, such as a verb, in the form that goes with a number.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one, such as <c>program</c> or <c>is</c>.</param>
    /// <param name="many">The word for any other number, such as <c>are</c>; that for one and an s if it is not given.</param>
    public static string Form<T>(T count, string one, string? many = null)
        where T : IBinaryInteger<T> =>
        count == T.One ? one : many ?? $"{one}s";
}
