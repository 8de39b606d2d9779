using System.CommandLine;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option whose value is text: a name, a file, a pattern.</summary>
public sealed class TextOption : Option<string?>
{
    /// <summary>The option without a value where it is not given.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="what">What the text is, in a word, for help.</param>
    /// <param name="description">What it does, for help.</param>
    /// <param name="aliases">Its other names.</param>
    public TextOption(string name, string what, string description, params string[] aliases)
        : base(name, aliases) => (HelpName, Description) = (what, description);
}
