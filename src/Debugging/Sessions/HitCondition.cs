using System.Globalization;

namespace RbpfSpec.Debugging.Sessions;

/// <summary>Which of its hits, of which the first is 1, a breakpoint stops at.</summary>
/// <remarks><c>N</c> or <c>== N</c>, <c>&gt;= N</c>, <c>&gt; N</c>, <c>&lt; N</c>, <c>&lt;= N</c>, <c>% N</c>.</remarks>
/// <param name="Operator">The comparison.</param>
/// <param name="Number">The number.</param>
internal sealed record HitCondition(string Operator, long Number)
{
    private static readonly string[] Operators = ["==", ">=", "<=", ">", "<", "%"];

    /// <summary>The forms that make sense, for people.</summary>
    public const string Expected = "expected a number from 1 such as 3, or one after ==, >=, >, <, <= or %";

    /// <summary>Reads one; null if it makes no sense.</summary>
    public static HitCondition? Read(string text)
    {
        var rest = text.Trim();
        var name = Array.Find(Operators, known => rest.StartsWith(known, StringComparison.Ordinal));
        return long.TryParse(rest.AsSpan(name?.Length ?? 0).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && (name != "%" || number > 0)
                ? new(name ?? "==", number)
                : null;
    }

    /// <summary>Why a text is none, or one that stops at no hit, and what would be right; null if it is one that stops.</summary>
    public static string? ProblemOf(string text) => Read(text) is not { } read
        ? $"hitCondition '{text.Trim()}' counts no hits; {Expected}"
        : read.Stops ? null : $"hitCondition '{text.Trim()}' stops at no hit, as the first is 1; {Expected}";

    private bool Stops => Operator switch
    {
        "==" or "<=" => Number >= 1,
        "<" => Number > 1,
        ">" => Number < long.MaxValue,
        _ => true,
    };

    /// <summary>Whether it stops at a hit, of which the first is 1.</summary>
    public bool StopsAt(long hit) => Operator switch
    {
        "==" => hit == Number,
        ">=" => hit >= Number,
        "<=" => hit <= Number,
        ">" => hit > Number,
        "<" => hit < Number,
        _ => hit % Number == 0,
    };
}
