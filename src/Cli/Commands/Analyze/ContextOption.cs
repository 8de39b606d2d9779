using System.CommandLine;
using System.Globalization;
using RbpfSpec.Ranges.Analysis;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>The option <c>--context</c>: which lengths the context may have.</summary>
public sealed class ContextOption : Option<ContextLengths?>
{
    /// <summary>The option, all lengths where it is not given.</summary>
    public ContextOption()
        : base("--context")
    {
        Description = "The length of the context in bytes, or the lengths that it may have: N, MIN..MAX or MIN..; all otherwise.";
        HelpName = "lengths";
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Parse(text) is { } lengths) return lengths;
            result.AddError(string.Create(
                CultureInfo.InvariantCulture,
                $"--context '{text}' is no length; expected N, MIN..MAX or MIN.., such as 8..64, up to {ContextLengths.Most}"));
            return null;
        };
    }

    private static ContextLengths? Parse(string text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return Number(text) is { } only ? new(only, only) : null;
        if (Number(text[..dots]) is not { } least) return null;
        var rest = text[(dots + 2)..];
        return rest == "" ? new(least, ContextLengths.Most)
            : Number(rest) is { } greatest && greatest >= least ? new(least, greatest)
            : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ContextLengths.Most
            ? number
            : null;
}
