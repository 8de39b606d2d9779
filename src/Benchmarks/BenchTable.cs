using System.Globalization;
using System.Text.Json;
using RbpfSpec.Reports;

namespace RbpfSpec.Benchmarks;

/// <summary>The result of <c>bench</c>: machines by workloads.</summary>
/// <param name="Measured">The workloads, in their order.</param>
/// <param name="Machines">The names of the engines, then those of the peers.</param>
/// <param name="Decoding">Nanoseconds an instruction that decoding takes.</param>
public sealed record BenchTable(IReadOnlyList<Measurement> Measured, IReadOnlyList<string> Machines, double Decoding)
{
    /// <summary>The peers' results that do not count, one a line.</summary>
    public IEnumerable<string> Problems =>
        from measurement in Measured
        from peer in measurement.Peers.Index()
        where peer.Item.Problem != ""
        select $"{Machines[measurement.Engines.Count + peer.Index]} on {measurement.Workload.Name}: {peer.Item.Problem}";

    /// <summary>Measures every workload.</summary>
    /// <exception cref="BenchmarkException">
    /// Engines and native code come to different results, or a peer does not speak the protocol.
    /// </exception>
    public static BenchTable Measure(IReadOnlyList<Peer> peers, int rounds)
    {
        using var native = NativeCode.Compile(Workload.All);
        var measured = Workload.All.Select(workload =>
        {
            var own = Measurement.Of(workload, native, rounds);
            return own with { Peers = [.. peers.Select(peer => PeerMeasurement.Of(peer, workload, own.Result, rounds))] };
        }).ToList();
        var engines = measured[0].Engines.Select(timed => timed.Engine);
        return new(measured, [.. engines, .. peers.Select(peer => peer.Name)], Measurement.Decoding(rounds));
    }

    /// <summary>Nanoseconds a run on a machine; nothing if it is not known.</summary>
    public static double? Time(Measurement measurement, int machine) => machine < measurement.Engines.Count
        ? measurement.Engines[machine].Nanoseconds
        : measurement.Peers[machine - measurement.Engines.Count].Nanoseconds;

    /// <summary>How many times as long as native code a machine takes; nothing if either is not known.</summary>
    public static double? Ratio(Measurement measurement, int machine) => Time(measurement, machine) / measurement.Native;

    /// <summary>The geometric mean of the ratios of a machine over the workloads that count; nothing if one is not known.</summary>
    public double? Mean(int machine)
    {
        var ratios = Measured.Take(Workload.InMean).Select(measurement => Ratio(measurement, machine)).ToList();
        return ratios.Contains(null) ? null : Math.Exp(ratios.Average(ratio => Math.Log(ratio!.Value)));
    }

    /// <summary>A number as the table has it.</summary>
    public static string Number(double number) => number.ToString(number < 100 ? "0.00" : "0", CultureInfo.InvariantCulture);

    /// <summary>The table for people.</summary>
    public void Print(ITextReport report)
    {
        var engines = Machines.Take(Measured[0].Engines.Count).ToList();
        report.Table(
            ["workload", "", "instructions", "native", .. Machines, .. engines.Select(engine => $"{engine} ns/instruction")],
            Measured.Select(Row));
        foreach (var problem in Problems) report.Bad(problem);
        if (Machines.Count > engines.Count) report.Line("Of a peer, -: no result, or a run too short to be seen behind the protocol.");
        report.Line($"decoding: {Number(Decoding)} ns an instruction");
        if (Measured[0].Native is null)
        {
            report.Line("There is no C compiler to compare with: gcc or cc.");
            return;
        }

        var means = Machines.Select((machine, i) => $"{machine} {(Mean(i) is { } mean ? $"{Number(mean)} x" : "-")}");
        report.Line(
            $"geometric mean of {string.Join(", ", Workload.All.Take(Workload.InMean).Select(workload => workload.Name))}: "
            + $"{string.Join(", ", means)}");
    }

    /// <summary>The table for programs.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("decoding", Decoding);
        writer.WriteStartArray("workloads");
        foreach (var measurement in Measured)
        {
            writer.WriteStartObject();
            writer.WriteString("name", measurement.Workload.Name);
            writer.WriteNumber("instructions", measurement.Instructions);
            if (measurement.Native is { } native) writer.WriteNumber("native", native);
            for (var i = 0; i < Machines.Count; i++)
            {
                if (Time(measurement, i) is { } time) writer.WriteNumber(Machines[i], time);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("problems");
        foreach (var problem in Problems) writer.WriteStringValue(problem);
        writer.WriteEndArray();
    }

    private List<string> Row(Measurement measurement) =>
    [
        measurement.Workload.Name,
        measurement.Workload.Summary,
        $"{measurement.Instructions}",
        measurement.Native is { } native ? $"{Number(native)} ns" : "-",
        .. Machines.Select((_, i) => Cell(measurement, i)),
        .. measurement.Engines.Select(timed => Number(timed.Nanoseconds / measurement.Instructions)),
    ];

    private static string Cell(Measurement measurement, int machine) => (Ratio(measurement, machine), Time(measurement, machine)) switch
    {
        ({ } ratio, _) => $"{Number(ratio)} x",
        (null, { } time) => $"{Number(time)} ns",
        (null, null) => "-",
    };
}
