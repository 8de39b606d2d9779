using System.Globalization;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>
/// How long a container's answers take while another container of the device is asked by another client: one that behaves, one that
/// faults, one that does not end, and one that floods the log of the device.
/// </summary>
/// <remarks>A container that a trap stopped is started again before each request, and so are the others, to be alike.</remarks>
internal static class Neighbours
{
    /// <summary>The first argument that asks for it; a second one is a number of rounds.</summary>
    public const string Verb = "neighbours";

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1);

    private static readonly Neighbour[] All =
    [
        new("none", null, "", 1),
        new("one that behaves", SensorReply.Program, SensorReply.Helpers, 1),
        new("one that faults", Program("b701000000000000", "7910000000000000", "9500000000000000"), "", 1),
        new("one that does not end", Program("0500ffff00000000", "9500000000000000"), "", 1),
        new("one that prints 100 lines", Program([.. Enumerable.Repeat(Print, 100).SelectMany(two => two), "9500000000000000"]), "03", 1),
        new("one that behaves, 16 requests", SensorReply.Program, SensorReply.Helpers, 16),
    ];

    /// <summary>Prints a row for each neighbour: the median of the rounds.</summary>
    public static int Run(string[] args)
    {
        var rounds = args.Length == 0 ? 9 : int.Parse(args[0], CultureInfo.InvariantCulture);
        using var server = ServerProcess.Rbpf("--unsigned", "--slots", All.Length.ToString(CultureInfo.InvariantCulture));
        server.Put(0, SensorReply.Program, SensorReply.Helpers);
        for (var slot = 1; slot < All.Length; slot++) server.Put(slot, All[slot].Program!.Value, All[slot].Helpers, "class=logic");
        var results = All.Select(_ => new List<(FloodResult Own, FloodResult? Other)>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var slot = 0; slot < All.Length; slot++)
            {
                var pair = Measured(server, slot);
                if (round > 0) results[slot].Add(pair);
            }
        }

        Console.WriteLine("neighbour                      its answers/s  answers/s  median us  p99 us");
        for (var slot = 0; slot < All.Length; slot++)
        {
            var rows = results[slot];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{All[slot].Name,-30} {Median.Of(rows, row => row.Other?.Rate ?? 0),13:0} {Median.Of(rows, row => row.Own.Rate),10:0} "
                + $"{Median.Of(rows, row => row.Own.Median),10:0.0} {Median.Of(rows, row => row.Own.P99),7:0.0}"));
        }

        return 0;
    }

    private sealed record Neighbour(string Name, Sequence<byte>? Program, string Helpers, int Outstanding);

    private static string[] Print => ["b701000007000000", "8500000003000000"];

    // Another client asks the container in a slot; in slot 0 is the one whose answers are timed.
    private static (FloodResult Own, FloodResult? Other) Measured(ServerProcess server, int slot)
    {
        FloodResult? other = null;
        Thread? thread = null;
        if (slot > 0)
        {
            var number = slot.ToString(CultureInfo.InvariantCulture);
            byte[][] requests = [Requests.Of(CoapCode.Post, [.. "start"u8], "app", number), SensorReply.Request(slot)];
            thread = new(() => other = Flood.Run(server.Address, requests, All[slot].Outstanding, Time));
        }

        thread?.Start();
        var own = Flood.Run(server.Address, [SensorReply.Request(0)], outstanding: 1, Time);
        thread?.Join();
        return (own, other);
    }

    private static Sequence<byte> Program(params string[] slots) => [.. slots.SelectMany(Convert.FromHexString)];
}
