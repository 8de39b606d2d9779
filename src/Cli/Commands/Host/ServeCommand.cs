using System.CommandLine;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host serve</c>: a device on a UDP port.</summary>
public static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new ExampleCommand("serve", "Runs a device on a UDP port.", "./rbpf host serve --help");
        command.SetAction(int (_) => throw new UsageException("there is no server yet"));
        return command;
    }
}
