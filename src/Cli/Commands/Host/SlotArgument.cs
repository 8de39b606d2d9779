using System.CommandLine;
using System.Globalization;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary>The argument that names a slot of a device.</summary>
internal static class SlotArgument
{
    /// <summary>The argument.</summary>
    public static Argument<int> Create() => new("slot")
    {
        Description = "The slot of the device, counted from 0.",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var slot)) return slot;
            result.AddError($"'{result.Tokens[0].Value}' is no slot; expected a number from 0");
            return 0;
        },
    };
}
