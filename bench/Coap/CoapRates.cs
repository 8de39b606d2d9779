using System.Globalization;
using RbpfSpec.Host.Coap;

namespace RbpfSpec.Bench.Coap;

/// <summary>Floods <c>rbpf host serve</c> and libcoap's <c>coap-server-notls</c> in turn: the rates, and the times to an answer.</summary>
internal static class CoapRates
{
    /// <summary>The first argument that asks for it; a second one is a number of rounds.</summary>
    public const string Verb = "coap";

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);

    /// <summary>Prints a row for each server and number of outstanding requests: the median of the rounds.</summary>
    public static int Run(string[] args)
    {
        var rounds = args.Length == 0 ? 3 : int.Parse(args[0], CultureInfo.InvariantCulture);
        using var ours = ServerProcess.Rbpf("--unsigned");
        using var theirs = ServerProcess.Libcoap();
        ours.Put(0, SensorReply.Program, SensorReply.Helpers);
        Flooded[] servers = [new(ours, SensorReply.Request(0)), new(theirs, Requests.Of(CoapCode.Get, "time"))];
        foreach (var (server, request) in servers) server.Await(request);
        Console.WriteLine("server                     outstanding  answers/s  median us  p99 us  cpu us  lost");
        foreach (var outstanding in (int[])[1, 16]) Compare(servers, outstanding, rounds);
        return 0;
    }

    private sealed record Flooded(ServerProcess Server, byte[] Request);

    private sealed record Round(FloodResult Result, double Processor);

    private static void Compare(Flooded[] servers, int outstanding, int rounds)
    {
        // In turns, so that both meet the same disturbances; the first turn warms up.
        var results = servers.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                var (server, request) = servers[i];
                var before = server.Processor;
                var result = Flood.Run(server.Address, [request], outstanding, Time);
                var processor = (server.Processor - before).TotalMicroseconds / Math.Max(result.Answers, 1);
                if (round > 0) results[i].Add(new(result, processor));
            }
        }

        for (var i = 0; i < servers.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{servers[i].Server.Name,-26} {outstanding,11} "
                + $"{Median.Of(results[i], one => one.Result.Rate),10:0} "
                + $"{Median.Of(results[i], one => one.Result.Median),10:0.0} {Median.Of(results[i], one => one.Result.P99),7:0.0} "
                + $"{Median.Of(results[i], one => one.Processor),7:0.0} "
                + $"{results[i].Sum(one => one.Result.Lost),5}"));
        }
    }
}
