using System.CommandLine;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option without a value: it is given, or it is not.</summary>
public sealed class SwitchOption : Option<bool>
{
    /// <summary>The option.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="description">What it does, for help.</param>
    public SwitchOption(string name, string description)
        : base(name) => Description = description;
}
