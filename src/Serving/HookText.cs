using System.Globalization;
using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Serving;

/// <summary>Hooks as they are written, such as <c>NAME=timer:PERIOD</c>.</summary>
public static class HookText
{
    /// <summary>The forms, for people.</summary>
    public const string Expected =
        "expected NAME=timer:PERIOD with us, ms, s or min, NAME=request:PATH, NAME=packet, or NAME=threshold:SENSOR:LIMIT "
        + "with :below at the end if lesser values are beyond";

    private static readonly (string Name, ulong Microseconds)[] Units = [("us", 1), ("ms", 1_000), ("min", 60_000_000), ("s", 1_000_000)];

    /// <summary>The hook that a text says, without containers; null if it says none.</summary>
    public static Hook? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at) || !IsName(text[..at])) return null;
        return TriggerOf(text[(at + 1)..]) is { } trigger ? new(text[..at], trigger, []) : null;
    }

    private static Trigger? TriggerOf(string text) => text.Split(':') switch
    {
        ["timer", var period] when PeriodOf(period) is { } microseconds => new Trigger.Timer(microseconds),
        ["request", var path] when path.Split('/').All(IsName) => new Trigger.Request(path),
        ["packet"] => new Trigger.Packet(),
        ["threshold", var sensor, var limit] => Threshold(sensor, limit, isAbove: true),
        ["threshold", var sensor, var limit, "below"] => Threshold(sensor, limit, isAbove: false),
        _ => null,
    };

    private static Trigger.Threshold? Threshold(string sensor, string limit, bool isAbove) =>
        int.TryParse(sensor, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && short.TryParse(limit, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var last)
            ? new(index, last, isAbove)
            : null;

    private static ulong? PeriodOf(string text)
    {
        foreach (var (name, microseconds) in Units)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal)) continue;
            return ulong.TryParse(text[..^name.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count > 0 && count <= ulong.MaxValue / 2 / microseconds
                ? count * microseconds
                : null;
        }

        return null;
    }

    // A part of a path that needs no escape.
    private static bool IsName(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '~');
}
