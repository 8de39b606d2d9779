using System.CommandLine;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option with text as its value, without which a command cannot run.</summary>
public sealed class RequiredTextOption : Option<string>
{
    /// <summary>The option.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="what">What the text is, in a word, for help.</param>
    /// <param name="description">What it does, for help.</param>
    /// <param name="aliases">Its other names.</param>
    public RequiredTextOption(string name, string what, string description, params string[] aliases)
        : base(name, aliases) => (HelpName, Description, Required) = (what, description, true);
}
