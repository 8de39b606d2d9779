using System.Diagnostics;

namespace RbpfSpec.Benchmarks;

/// <summary>The time of a workload on a peer.</summary>
/// <param name="Nanoseconds">A run, without the protocol around it; nothing if there is none, or if the protocol hides it.</param>
/// <param name="Problem">Why the peer's result does not count; empty if it does.</param>
public sealed record PeerMeasurement(double? Nanoseconds, string Problem)
{
    // A batch is long enough for the clock, and short enough that answers to come do not pile up.
    private static readonly TimeSpan Batch = TimeSpan.FromMilliseconds(10);
    private const int Largest = 256;

    // Of a request's time, what a run must make up to be seen behind the rest of it.
    private const double Visible = 0.05;

    /// <summary>Measures a workload on a peer, after comparing its result with the expected one.</summary>
    /// <remarks>
    /// A request has to be read, decoded and checked, too. So as many requests are timed, in turn, of the same program
    /// with EXIT in its first slot, and what they take is taken off.
    /// </remarks>
    public static PeerMeasurement Of(Peer peer, Workload workload, ulong expected, int rounds)
    {
        var program = workload.Program().Program.ToBytes();
        byte[] empty = [0x95, 0, 0, 0, 0, 0, 0, 0, .. program.AsSpan(8)];
        var full = Peer.Request(program, workload.Context());
        var idle = Peer.Request(empty, workload.Context());
        var answer = peer.Ask(full, 1, workload.Name);
        if (answer.R0 != expected)
            return new(null, $"expected r0 = 0x{expected:x}, got {(answer.R0 is { } r0 ? $"r0 = 0x{r0:x}" : $"trap {answer.Trap}")}");

        var count = 1L;
        while (count < Largest && Time(full, count) < Batch.TotalNanoseconds) count *= 2;
        List<double> whole = [];
        List<double> runs = [];
        for (var round = 0; round < rounds; round++)
        {
            whole.Add(Time(full, count) / count);
            runs.Add(whole[^1] - (Time(idle, count) / count));
        }

        var run = Measurement.Fast(runs);
        return new(run > Visible * Measurement.Fast(whole) ? run : null, "");

        double Time(string request, long times)
        {
            var start = Stopwatch.GetTimestamp();
            peer.Ask(request, times, workload.Name);
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
    }
}
