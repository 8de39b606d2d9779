using System.CommandLine;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>The option <c>--json</c>.</summary>
public static class JsonOption
{
    private const string Name = "--json";

    /// <summary>The option, with what it prints.</summary>
    public static Option<bool> Create(string prints) => new(Name) { Description = prints };

    /// <summary>Whether a command line asks for output for programs, if only in a part that makes no sense.</summary>
    public static bool IsGiven(ParseResult parsed) => parsed.Tokens.Any(token => token.Value == Name);
}
