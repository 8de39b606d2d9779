using System.CommandLine;
using System.Text;
using RbpfSpec.Benchmarks;
using RbpfSpec.Benchmarks.Device;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf bench</c>: times the fast machine on the workloads, with native code as the unit.</summary>
public static class BenchCommand
{
    private const ulong DefaultRounds = 21;
    private const ulong MostRounds = 10_000;

    // A workload takes a slow interpreter some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The command.</summary>
    public static Command Create() => Create(Patience);

    /// <summary>The command with another patience for peers.</summary>
    public static Command Create(TimeSpan patience)
    {
        var rounds = new CountOption(
            "--rounds", "count", $"How many rounds; what a sixteenth of them are faster than is taken. {DefaultRounds} otherwise.");
        var peers = new PeerOption();
        var chart = new TextOption("--chart", "file", "Writes the table as a bar chart, SVG.");
        var sequences = new SwitchOption(
            "--sequences", "Measures no time: prints which steps follow each other how often, in workloads and examples, "
            + "and which of them are superinstructions.");
        var device = new SwitchOption(
            "--device", "Measures no time: builds the machine in C for a Cortex-M4, and counts bytes and executed instructions on QEMU.");
        var json = JsonOption.Create(
            "One JSON object: nanoseconds a run by workload and machine, and nanoseconds an instruction of decoding.");
        var command = new ExampleCommand(
            "bench",
            "Times the engines of the fast machine on nine C programs, in units of what gcc -O2 makes of the same source.",
            "./rbpf bench --rounds 1",
            "./rbpf bench --rounds 1 --peer 'batch=./rbpf conformance batch --engine auto --instructions 1000000000'",
            "./rbpf bench --rounds 1 --chart /dev/null",
            "./rbpf bench --sequences",
            "./rbpf bench --device")
        {
            rounds, peers, chart, sequences, device, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(sequences) is not null && result.Tokens.Count
                + result.Children.Count(child => child is System.CommandLine.Parsing.OptionResult { Implicit: false }) > 1)
            {
                result.AddError("--sequences measures no time; expected it alone");
            }

            if (result.GetResult(device) is not null
                && (result.GetResult(rounds) is not null || result.GetResult(peers) is { Implicit: false }))
            {
                result.AddError("--device measures no time; expected it without --rounds and --peer");
            }
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(sequences))
            {
                SequenceTable.Print(Report.Terminal);
                return CommandLine.Holds;
            }

            if (parsed.GetValue(device)) return OnDevice(parsed.GetValue(chart), parsed.GetValue(json));
            var given = parsed.GetValue(rounds) ?? DefaultRounds;
            if (given is 0 or > MostRounds) throw new UsageException($"--rounds {given} makes no sense; expected 1 to {MostRounds}");
            if (parsed.GetValue(chart) is { } drawn) OutputFiles.Prepare(drawn);
            List<Peer> others = [];
            try
            {
                foreach (var (name, line) in parsed.GetRequiredValue(peers)) others.Add(new(name, line, patience));
                var table = BenchTable.Measure(others, (int)given);
                if (parsed.GetValue(chart) is { } file) Files.Write(file, Encoding.UTF8.GetBytes(BenchChart.Svg(table)));
                if (parsed.GetValue(json)) Report.Line(JsonText.Object(table.Write));
                else table.Print(Report.Terminal);
                return table.Problems.Any() ? CommandLine.Fails : CommandLine.Holds;
            }
            catch (BenchmarkException exception)
            {
                throw new UsageException(exception.Message, exception);
            }
            finally
            {
                foreach (var other in others) other.Dispose();
            }
        });
        return command;
    }

    private static int OnDevice(string? chart, bool isJson)
    {
        if (chart is not null) OutputFiles.Prepare(chart);
        var root = BookInput.Root ?? throw new UsageException(
            "there is no machine in C around the working folder; expected a folder of the project, which has device/");
        try
        {
            var table = DeviceTable.Measure(root);
            if (chart is not null) Files.Write(chart, Encoding.UTF8.GetBytes(DeviceChart.Svg(table)));
            if (isJson) Report.Line(JsonText.Object(table.Write));
            else table.Print(Report.Terminal);
            return CommandLine.Holds;
        }
        catch (BenchmarkException exception)
        {
            throw new UsageException(exception.Message, exception);
        }
    }
}
