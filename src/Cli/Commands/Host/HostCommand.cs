using System.CommandLine;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host</c>: a device that runs, and what speaks to one.</summary>
public static class HostCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new ExampleCommand(
        "host",
        "Runs a device that answers CoAP.",
        "./rbpf host serve --help")
    {
        ServeCommand.Create(),
    };
}
