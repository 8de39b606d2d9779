using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary>The server that a command speaks to, and how long it waits for it.</summary>
internal sealed class ServerInput
{
    /// <summary>The sentence of <c>--help</c> on the exit codes of these commands.</summary>
    public const string ExitCodes =
        "Exit code: 0 if the server did it; 1 if it answered with an error, or not at all; 2 if the command line makes no sense.";

    private const double DefaultSeconds = 10;

    private readonly Option<CoapAddress> server = new("--server")
    {
        Description = $"The server: coap://host or coap://host:port; {CoapAddress.Local} unless given.",
        HelpName = "address",
        DefaultValueFactory = _ => CoapAddress.Local,
        CustomParser = result =>
        {
            if (CoapAddress.Parse(result.Tokens[0].Value, out var problem) is { } address) return address;
            result.AddError($"--server {problem}");
            return CoapAddress.Local;
        },
    };

    private readonly SecondsOption timeout = new(
        "--timeout", string.Create(CultureInfo.InvariantCulture, $"How long to wait for each answer; {DefaultSeconds} unless given."));

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(server);
        command.Options.Add(timeout);
    }

    /// <summary>Asks the server for things, one after the other, until one has no success; its problem goes to standard error.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="ask">Asks, and yields the exit code; a request without success yields null.</param>
    public int Ask(ParseResult parsed, Func<Func<CoapRequest, CoapMessage?>, int> ask) =>
        With(parsed, (client, cancellation) => ask(request => Success(parsed, request, client.Send(request, cancellation))));

    /// <summary>Shows a resource, and what becomes of it, until it is interrupted.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="request">A GET.</param>
    /// <param name="most">How many states are enough.</param>
    /// <param name="show">Shows one of them.</param>
    public int Observe(ParseResult parsed, CoapRequest request, ulong most, Action<CoapMessage> show) =>
        With(parsed, (client, cancellation) =>
    {
        var left = most;
        foreach (var result in client.Observe(request, cancellation))
        {
            if (result is CoapResult.Cancelled) break;
            if (Success(parsed, request, result) is not { } response) return CommandLine.Fails;
            show(response);
            if (response.Option(CoapOptions.Observe) is null && left > 1)
                return Fail(parsed, request, "the server shows it, and does not tell of changes");
            if (--left == 0) break;
        }

        return CommandLine.Holds;
    });

    private int With(ParseResult parsed, Func<CoapClient, CancellationToken, int> work)
    {
        var address = parsed.GetRequiredValue(server);
        if (UdpChannel.Open(address, out var problem) is not { } channel)
        {
            CommandLine.Complain($"{address}: {problem}");
            return CommandLine.Fails;
        }

        using var cancellation = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            cancellation.Cancel();
        });
        var timing = CoapTiming.Standard with { Longest = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(DefaultSeconds) };
        using var client = new CoapClient(channel, timing, new Random(RandomNumberGenerator.GetInt32(int.MaxValue)));
        return work(client, cancellation.Token);
    }

    private CoapMessage? Success(ParseResult parsed, CoapRequest request, CoapResult result)
    {
        switch (result)
        {
            case CoapResult.Answered({ Code.Class: 2 } response):
                return response;
            case CoapResult.Answered(var response):
                Fail(parsed, request, Described(response));
                return null;
            case CoapResult.Failed(var problem):
                Fail(parsed, request, problem);
                return null;
            case CoapResult.Cancelled:
                Fail(parsed, request, "interrupted");
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private int Fail(ParseResult parsed, CoapRequest request, string problem)
    {
        CommandLine.Complain($"{parsed.GetRequiredValue(server)}{request}: {problem}");
        return CommandLine.Fails;
    }

    // The payload of an error is a text for people; RFC 7252 §5.5.2.
    private static string Described(CoapMessage response)
    {
        var text = new StringBuilder();
        foreach (var one in Encoding.UTF8.GetString(response.Payload.AsSpan())) text.Append(char.IsControl(one) ? ' ' : one);
        return text.Length == 0 ? response.Code.Described() : $"{response.Code.Described()}: {text}";
    }
}
