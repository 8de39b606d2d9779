using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RbpfSpec.Bench.Coap;

/// <summary>The measurements of a flood of requests.</summary>
/// <param name="Answers">How many came.</param>
/// <param name="Rate">Answers a second.</param>
/// <param name="Median">Of the times to an answer, in microseconds.</param>
/// <param name="P99">Of the times to an answer, that which one of a hundred exceeds, in microseconds.</param>
/// <param name="Lost">Requests without an answer within a second.</param>
internal sealed record FloodResult(int Answers, double Rate, double Median, double P99, int Lost);

/// <summary>Sends requests in turn, again and again, a number of them at a time.</summary>
internal static class Flood
{
    private const int Patience = 1_000;

    /// <summary>Floods a server for some time.</summary>
    /// <param name="server">The server.</param>
    /// <param name="requests">The datagrams; their ids are counted up.</param>
    /// <param name="outstanding">How many requests wait for an answer at a time.</param>
    /// <param name="time">How long.</param>
    public static FloodResult Run(IPEndPoint server, byte[][] requests, int outstanding, TimeSpan time) =>
        Run(server, requests, outstanding, time, int.MaxValue);

    /// <summary>Sends so many requests, one after the other.</summary>
    /// <param name="server">The server.</param>
    /// <param name="request">The datagram; its id is counted up.</param>
    /// <param name="count">How many.</param>
    public static FloodResult Run(IPEndPoint server, byte[] request, int count) =>
        Run(server, [request], outstanding: 1, TimeSpan.FromDays(1), count);

    private static FloodResult Run(IPEndPoint server, byte[][] requests, int outstanding, TimeSpan time, int count)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(server);
        socket.ReceiveTimeout = Patience;
        var sent = new long[1 << 16];
        var buffer = new byte[2048];
        List<long> times = new(Math.Min(count, 1 << 20));
        var (id, lost, waiting) = ((ushort)1, 0, 0);
        var (start, end) = (Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));
        while (Stopwatch.GetTimestamp() < end && times.Count < count)
        {
            while (waiting < outstanding)
            {
                var request = requests[++id % requests.Length];
                BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), id);
                sent[id] = Stopwatch.GetTimestamp();
                socket.Send(request, SocketFlags.None);
                waiting++;
            }

            if (socket.Receive(buffer, 0, buffer.Length, SocketFlags.None, out var error) < 4 || error is not SocketError.Success)
            {
                (lost, waiting) = (lost + waiting, 0);
                continue;
            }

            times.Add(Stopwatch.GetTimestamp() - sent[BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(2))]);
            waiting--;
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        times.Sort();
        return new(times.Count, times.Count / seconds, Microseconds(times, 0.5), Microseconds(times, 0.99), lost);
    }

    private static double Microseconds(List<long> times, double part) =>
        times.Count == 0 ? double.NaN : times[(int)(part * (times.Count - 1))] * 1e6 / Stopwatch.Frequency;
}
