using System.CommandLine;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The option <c>--json</c>.</summary>
public static class JsonOption
{
    /// <summary>The option, with what it prints.</summary>
    public static Option<bool> Create(string prints) => new("--json") { Description = prints };
}
