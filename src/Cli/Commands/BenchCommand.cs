using System.CommandLine;
using System.Globalization;
using RbpfSpec.Cli.Bench;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Outputs;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf bench</c>: times the fast machine on the workloads, with native code as the unit.</summary>
public static class BenchCommand
{
    private const ulong DefaultRounds = 21;
    private const ulong MostRounds = 10_000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var rounds = new CountOption("--rounds", "count", $"How many rounds, of which the median is taken; {DefaultRounds} otherwise.");
        var json = JsonOption.Create("One JSON object: nanoseconds a run by workload and engine, and nanoseconds an instruction of decoding.");
        var command = new ExampleCommand(
            "bench",
            "Times the engines of the fast machine on nine C programs, in units of what gcc -O2 makes of the same source.",
            "./rbpf bench --rounds 1");
        command.Options.Add(rounds);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var given = parsed.GetValue(rounds) ?? DefaultRounds;
            if (given is 0 or > MostRounds) throw new UsageException($"--rounds {given} makes no sense; expected 1 to {MostRounds}");
            var count = (int)given;
            using var native = NativeCode.Compile(Workload.All);
            var measured = Workload.All.Select(workload => Measurement.Of(workload, native, count)).ToList();
            var decoding = Measurement.Decoding(count);
            if (parsed.GetValue(json)) Report.Line(Json.Object(writer => Write(writer, measured, decoding)));
            else Print(measured, decoding);
            return CommandLine.Holds;
        });
        return command;
    }

    private static void Print(List<Measurement> measured, double decoding)
    {
        var engines = measured[0].Engines.Select(timed => timed.Engine.ToString().ToLowerInvariant()).ToList();
        Report.Table(
            ["workload", "", "instructions", "native", .. engines, .. engines.Select(engine => $"{engine} ns/instruction")],
            measured.Select(Row));
        Report.Line($"decoding: {Number(decoding)} ns an instruction");
        if (measured[0].Native is null)
        {
            Report.Line("There is no C compiler to compare with: gcc or cc.");
            return;
        }

        var mean = engines.Select((engine, i) => $"{engine} {Ratio(Mean(measured, i))}");
        Report.Line($"geometric mean of {string.Join(", ", Workload.All.Take(Workload.InMean).Select(workload => workload.Name))}: {string.Join(", ", mean)}");
    }

    private static List<string> Row(Measurement measurement) =>
    [
        measurement.Workload.Name,
        measurement.Workload.Summary,
        $"{measurement.Instructions}",
        measurement.Native is { } native ? $"{Number(native)} ns" : "-",
        .. measurement.Engines.Select(timed => measurement.Native is { } unit
            ? Ratio(timed.Nanoseconds / unit)
            : $"{Number(timed.Nanoseconds)} ns"),
        .. measurement.Engines.Select(timed => Number(timed.Nanoseconds / measurement.Instructions)),
    ];

    private static double Mean(List<Measurement> measured, int engine) => Math.Exp(measured
        .Take(Workload.InMean)
        .Average(measurement => Math.Log(measurement.Engines[engine].Nanoseconds / measurement.Native!.Value)));

    private static string Ratio(double ratio) => $"{Number(ratio)} x";

    private static string Number(double number) =>
        number.ToString(number < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static void Write(System.Text.Json.Utf8JsonWriter writer, List<Measurement> measured, double decoding)
    {
        writer.WriteNumber("decoding", decoding);
        writer.WriteStartArray("workloads");
        foreach (var measurement in measured)
        {
            writer.WriteStartObject();
            writer.WriteString("name", measurement.Workload.Name);
            writer.WriteNumber("instructions", measurement.Instructions);
            if (measurement.Native is { } native) writer.WriteNumber("native", native);
            foreach (var (engine, nanoseconds) in measurement.Engines) writer.WriteNumber(engine.ToString().ToLowerInvariant(), nanoseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
