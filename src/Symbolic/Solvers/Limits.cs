using System.Globalization;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>Limits of time.</summary>
internal static class Limits
{
    // The longest that timers can wait, nearly 50 days.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>A limit that timers accept.</summary>
    public static TimeSpan Clamp(TimeSpan limit) =>
        limit == Timeout.InfiniteTimeSpan ? limit
        : limit < TimeSpan.Zero ? TimeSpan.Zero
        : limit > Longest ? Longest
        : limit;

    /// <summary>A limit for messages, such as <c>0.05 s</c>.</summary>
    public static string Text(TimeSpan limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{limit.TotalSeconds:0.###} s");
}
