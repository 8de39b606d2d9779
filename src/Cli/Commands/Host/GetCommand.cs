using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Coap;
using RbpfSpec.Reports;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host get</c>: shows a resource of a server.</summary>
public static class GetCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var path = new Argument<string>("path")
        {
            Description =
            "The path, such as sensors/0 or .well-known/core, with its query if it has one."
        };
        var observe = new SwitchOption("--observe", "Shows each later state, too, until it is interrupted.");
        var count = new CountOption("--count", "count", "How many states --observe shows.", least: 1);
        var output = new TextOption("--output", "file", "A file for the bytes; otherwise they are printed.", "-o", "--out");
        var server = new ServerInput();
        var command = new ExampleCommand(
            "get",
            "Shows a resource of a server of CoAP, whole: a text as it is, anything else in hexadecimal. " + ServerInput.ExitCodes,
            "./rbpf host serve --port 5715 --unsigned --sensor 'sine:temperature,every=0.1' > log 2>&1 & "
            + "./rbpf host get sensors/0 --observe --count 3 --server coap://localhost:5715; kill $!")
        {
            path, observe, count, output,
        };
        server.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = CoapRequest.Of(CoapCode.Get, parsed.GetRequiredValue(path));
            if (parsed.GetValue(observe))
            {
                if (parsed.GetValue(output) is not null) throw new UsageException("--output takes one state, and --observe shows many");
                return server.Observe(parsed, request, parsed.GetValue(count) ?? ulong.MaxValue, PayloadText.Print);
            }

            if (parsed.GetValue(count) is not null) throw new UsageException("--count says how many states --observe shows; expected both");
            return server.Ask(parsed, ask =>
            {
                if (ask(request) is not { } answer) return CommandLine.Fails;
                if (parsed.GetValue(output) is not { } file)
                {
                    PayloadText.Print(answer);
                    return CommandLine.Holds;
                }

                Files.Write(file, answer.Payload.AsSpan().ToArray());
                Report.Good(Counted.Of(answer.Payload.Count, "byte"));
                return CommandLine.Holds;
            });
        });
        return command;
    }
}
