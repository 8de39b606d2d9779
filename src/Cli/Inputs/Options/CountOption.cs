using System.CommandLine;
using System.Globalization;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option whose value is a number of up to 64 bits, in decimal.</summary>
/// <remarks>The library's own names the type in its error message.</remarks>
public sealed class CountOption : Option<ulong?>
{
    /// <summary>The option without a value where it is not given.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="unit">What is counted, for help.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="most">The largest number that makes sense.</param>
    /// <param name="least">The smallest number that makes sense.</param>
    public CountOption(string name, string unit, string description, ulong most = ulong.MaxValue, ulong least = 0)
        : base(name)
    {
        Description = description;
        HelpName = unit;
        CustomParser = result =>
        {
            if (ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count >= least && count <= most)
            {
                return count;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' makes no sense; expected a number from {least} to {most}, in decimal");
            return null;
        };
    }
}
