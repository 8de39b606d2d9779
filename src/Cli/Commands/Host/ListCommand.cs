using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Coap;
using RbpfSpec.Reports;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Cli.Commands.Host;

/// <summary><c>rbpf host list</c>: the slots of a device.</summary>
public static partial class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = JsonOption.Create("One JSON object.");
        var server = new ServerInput();
        var command = new ExampleCommand(
            "list",
            $"Lists the slots of a device: the program's bytes and digest, profile, class, state, runs and number. {ServerInput.ExitCodes}",
            "./rbpf host serve --port 5713 --unsigned > 'log' 2>&1 & ./rbpf host list --server coap://localhost:5713; kill $!")
        {
            json,
        };
        server.AddTo(command);
        command.SetAction(parsed => server.Ask(parsed, ask =>
        {
            if (ask(CoapRequest.Of(CoapCode.Get, "app")) is not { } answer) return CommandLine.Fails;
            var text = PayloadText.Text(answer) ?? "";
            if (parsed.GetValue(json)) Report.Line(Json(text));
            else Print(text);
            return CommandLine.Holds;
        }));
        return command;
    }

    private static IEnumerable<Match> Slots(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Line().Match(line)).Where(match => match.Success);

    // The sequence number is told where an update was signed.
    private static void Print(string text)
    {
        var slots = Slots(text).ToList();
        string[] names = ["slot", "bytes", "digest", "profile", "class", "state", "runs"];
        if (slots.Any(match => match.Groups["sequence"].Success)) names = [.. names, "sequence"];
        Report.Table(names, slots.Select(match => (IReadOnlyList<string>)[.. names.Select(name =>
            name == "state" && !match.Groups["bytes"].Success ? "free" : match.Groups[name].Value)]));
    }

    private static string Json(string text) => JsonText.Object(writer =>
    {
        writer.WriteStartArray("slots");
        foreach (var match in Slots(text))
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", Number(match, "slot"));
            if (match.Groups["bytes"].Success)
            {
                writer.WriteNumber("bytes", Number(match, "bytes"));
                foreach (var name in (string[])["digest", "profile", "class", "state"]) writer.WriteString(name, match.Groups[name].Value);
                writer.WriteNumber("runs", Number(match, "runs"));
                if (match.Groups["sequence"].Success) writer.WriteNumber("sequence", Number(match, "sequence"));
            }
            else
            {
                writer.WriteString("state", "free");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static ulong Number(Match match, string name) =>
        ulong.TryParse(match.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // "1 free", or "0 16 bytes 08b3e3c2d5a46f6b rbpf snippet stopped by trap DivisionByZero at slot 2, 3 runs", where it is signed
    // ", sequence number 5". What a device says behind that does not matter.
    [GeneratedRegex(
        @"^(?<slot>\d+) (free|(?<bytes>\d+) bytes (?<digest>[0-9a-f]{16}) (?<profile>\S+) (?<class>\S+) (?<state>.+?), (?<runs>\d+) runs"
        + @"(, sequence number (?<sequence>\d+))?(, .*)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
