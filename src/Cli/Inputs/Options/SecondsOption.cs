using System.CommandLine;
using System.Globalization;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option whose value is a time in seconds, with a decimal point if need be.</summary>
public sealed class SecondsOption : Option<TimeSpan?>
{
    // A day: no one waits longer for one answer.
    private const double Longest = 86_400;

    /// <summary>The option without a value where it is not given.</summary>
    public SecondsOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "seconds";
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
                && seconds is > 0 and <= Longest)
            {
                return TimeSpan.FromSeconds(seconds);
            }

            result.AddError($"{name} '{text}' is no time; expected seconds, above 0 and up to {Longest}");
            return null;
        };
    }
}
