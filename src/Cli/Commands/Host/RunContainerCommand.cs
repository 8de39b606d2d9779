using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host run</c>: runs the container in a slot of a device, and shows its answer.</summary>
public static class RunContainerCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var slot = SlotArgument.Create();
        var payload = new TextOption("--payload", "text", "A text that the container gets as the payload.");
        var file = new TextOption("--payload-file", "file", "A file whose bytes it gets instead; '-' is standard input.");
        var server = new ServerInput();
        var command = new ExampleCommand(
            "run",
            "Runs the container in a slot of a device, and prints what it answers. "
            + "Its context is a request of CoAP, which has the payload. "
            + ServerInput.ExitCodes,
            "./rbpf host serve --port 5712 --unsigned > log 2>&1 & "
            + "printf 'mov %%r0, 7\\nexit\\n' | ./rbpf host put - 0 --server coap://localhost:5712 "
            + "&& ./rbpf host run 0 --payload hello --server coap://localhost:5712; kill $!")
        {
            slot, payload, file,
        };
        server.AddTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(payload) is not null && parsed.GetValue(file) is not null)
                throw new UsageException("--payload and --payload-file both say the payload; expected one of them");
            var bytes = parsed.GetValue(file) is { } name
                ? Files.Read(name, FileKind.Memory)
                : System.Text.Encoding.UTF8.GetBytes(parsed.GetValue(payload) ?? "");
            return server.Ask(parsed, ask =>
            {
                var request = new CoapRequest(CoapCode.Post, ["c", parsed.GetValue(slot).ToString(CultureInfo.InvariantCulture)], [])
                {
                    Payload = Sequence.Of<byte>(bytes),
                };
                if (ask(request) is not { } answer) return CommandLine.Fails;
                PayloadText.Print(answer);
                return CommandLine.Holds;
            });
        });
        return command;
    }
}
