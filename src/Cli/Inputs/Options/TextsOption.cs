using System.CommandLine;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>An option with text as its value that may be given more than once.</summary>
public sealed class TextsOption : Option<string[]>
{
    /// <summary>The option with no values where it is not given.</summary>
    /// <param name="name">Its name, with dashes.</param>
    /// <param name="what">What each text is, in a word, for help.</param>
    /// <param name="description">What it does, for help.</param>
    public TextsOption(string name, string what, string description)
        : base(name)
    {
        (HelpName, Description) = (what, description);
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
        DefaultValueFactory = _ => [];
    }
}
