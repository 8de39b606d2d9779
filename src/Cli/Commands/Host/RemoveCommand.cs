using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host remove</c>: removes the container in a slot of a device, with its store.</summary>
public static class RemoveCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var slot = SlotArgument.Create();
        var server = new ServerInput();
        var command = new ExampleCommand(
            "remove",
            $"Removes the container in a slot of a device, with its store, from the slot and from all hooks. {ServerInput.ExitCodes}",
            "./rbpf host serve --port 5714 --unsigned > log 2>&1 & "
            + "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf host put - 0 --server coap://localhost:5714 "
            + "&& ./rbpf host remove 0 --server coap://localhost:5714; kill $!")
        {
            slot,
        };
        server.AddTo(command);
        command.SetAction(parsed => server.Ask(parsed, ask =>
        {
            var place = parsed.GetValue(slot).ToString(CultureInfo.InvariantCulture);
            if (ask(new(CoapCode.Delete, ["app", place], [])) is null) return CommandLine.Fails;
            Report.Good($"slot {place} is free");
            return CommandLine.Holds;
        }));
        return command;
    }
}
