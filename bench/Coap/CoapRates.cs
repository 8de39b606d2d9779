using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
        var port = FreePort();
        using var ours = Start(Path.Combine(Repository.Root, "rbpf"), "host", "serve", "--unsigned", "--port", Text(port));
        if (ours.StandardOutput.ReadLine() is not { } line) throw new InvalidOperationException("rbpf host serve ended");
        Console.WriteLine(line);
        var other = FreePort();
        using var theirs = Start("coap-server-notls", "-A", "127.0.0.1", "-p", Text(other));
        try
        {
            Put(port);
            Flooded[] servers =
            [
                new("rbpf, a container's reply", ours, port, SensorReply.Request),
                new("coap-server-notls, /time", theirs, other, Message(CoapCode.Get, "time")),
            ];
            foreach (var server in servers) Await(server.Port, server.Request);
            Console.WriteLine("server                     outstanding  answers/s  median us  p99 us  cpu us  lost");
            foreach (var outstanding in (int[])[1, 16]) Compare(servers, outstanding, rounds);
            return 0;
        }
        finally
        {
            ours.Kill(entireProcessTree: true);
            theirs.Kill();
        }
    }

    private sealed record Flooded(string Name, Process Process, int Port, byte[] Request);

    private sealed record Round(FloodResult Result, double Processor);

    private static void Compare(Flooded[] servers, int outstanding, int rounds)
    {
        // In turns, so that both meet the same disturbances; the first turn warms up.
        var results = servers.Select(_ => new List<Round>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < servers.Length; i++)
            {
                var (server, before) = (servers[i], Processor(servers[i].Process));
                var result = Flood.Run(new(IPAddress.Loopback, server.Port), server.Request, outstanding, Time);
                var processor = (Processor(server.Process) - before).TotalMicroseconds / Math.Max(result.Answers, 1);
                if (round > 0) results[i].Add(new(result, processor));
            }
        }

        for (var i = 0; i < servers.Length; i++)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{servers[i].Name,-26} {outstanding,11} "
                + $"{Median(results[i], one => one.Result.Rate),10:0} "
                + $"{Median(results[i], one => one.Result.Median),10:0.0} {Median(results[i], one => one.Result.P99),7:0.0} "
                + $"{Median(results[i], one => one.Processor),7:0.0} "
                + $"{results[i].Sum(one => one.Result.Lost),5}"));
        }
    }

    private static double Median(IEnumerable<Round> results, Func<Round, double> of)
    {
        List<double> sorted = [.. results.Select(of).Order()];
        return sorted[sorted.Count / 2];
    }

    private static void Put(int port)
    {
        var message = new CoapMessage(CoapType.Confirmable, CoapCode.Put, 0, [1], [], SensorReply.Program)
            .With(CoapOption.Of(CoapOptions.UriPath, "app"))
            .With(CoapOption.Of(CoapOptions.UriPath, "0"))
            .With(CoapOption.Of(CoapOptions.ContentFormat, CoapOptions.OctetStream))
            .With(CoapOption.Of(CoapOptions.UriQuery, $"helpers={SensorReply.Helpers}"));
        var answer = Await(port, CoapWriter.Write(message));
        if (answer is not CoapReading.Read({ Code.Class: 2 })) throw new InvalidOperationException($"the program is refused: {answer}");
    }

    private static CoapReading Await(int port, byte[] request)
    {
        var buffer = new byte[2048];
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 100 };
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(request);
            var length = socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error);
            if (error is SocketError.Success) return CoapReader.Read(buffer.AsSpan(0, length));
        }

        throw new InvalidOperationException("no answer within ten seconds");
    }

    private static byte[] Message(CoapCode method, params string[] path) => CoapWriter.Write(path.Aggregate(
        new CoapMessage(CoapType.Confirmable, method, 0, [1, 2], [], []),
        (message, part) => message.With(CoapOption.Of(CoapOptions.UriPath, part))));

    private static Process Start(string program, params string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{program} did not start");

    private static TimeSpan Processor(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
