using RbpfSpec.Conformance.Running;

namespace RbpfSpec.Benchmarks;

/// <summary>The answer of a peer.</summary>
/// <param name="R0">The result; null if it trapped or refused.</param>
/// <param name="Trap">The peer's word for why there is none; else empty.</param>
public readonly record struct PeerAnswer(ulong? R0, string Trap);

/// <summary>Another machine: a process that answers the batch protocol.</summary>
public sealed class Peer : IDisposable
{
    private readonly TimeSpan patience;
    private readonly BatchProcess process;

    /// <summary>Starts a machine.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="command">A command line for the shell.</param>
    /// <param name="patience">How long one answer may take.</param>
    /// <exception cref="BenchmarkException">There is no shell.</exception>
    public Peer(string name, string command, TimeSpan patience)
    {
        Name = name;
        this.patience = patience;
        process = BatchProcess.Start(command, TimeProvider.System, out var problem)
            ?? throw new BenchmarkException($"peer '{name}' does not start: {problem}");
    }

    /// <summary>The name that tables show.</summary>
    public string Name { get; }

    /// <summary>A request of the protocol, one line without its end.</summary>
    public static string Request(ReadOnlySpan<byte> program, ReadOnlySpan<byte> memory) =>
        $$"""{"program":"{{Convert.ToHexStringLower(program)}}","memory":"{{Convert.ToHexStringLower(memory)}}"}""";

    /// <summary>Asks the same some times, without waiting in between, and yields the last answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="times">How often.</param>
    /// <param name="subject">What is asked, for complaints.</param>
    /// <exception cref="BenchmarkException">It ends, does not answer, or answers something else.</exception>
    public PeerAnswer Ask(string request, long times, string subject)
    {
        // Both ways at once, so that no full pipe makes the two processes wait for each other.
        var writing = Task.Run(() => process.Send(request, times));
        var answer = "";
        for (var i = 0L; i < times; i++)
        {
            answer = process.Receive(patience, out var end);
            if (end is not null) throw new BenchmarkException(Ended(end, subject));
        }

        writing.Wait();
        return Read(answer, subject);
    }

    public void Dispose() => process.Dispose();

    private string Ended(MachineReply end, string subject)
    {
        if (end is MachineReply.TimedOut) return $"peer '{Name}' did not answer to {subject} within {patience.TotalSeconds} s";
        var said = process.Complaint;
        var how = end is MachineReply.Crashed(var detail) ? $"ended with {detail}" : "did not start";
        return $"peer '{Name}' {how} where an answer to {subject} was expected{(said == "" ? "" : $": {said}")}";
    }

    private PeerAnswer Read(string line, string subject)
    {
        switch (BatchProcess.Read(line))
        {
            case MachineReply.Returned(var r0):
                return new(r0, "");
            case MachineReply.Trapped(var kind, _, _):
                return new(null, $"{kind}");
            case MachineReply.Rejected:
                return new(null, MachineWords.Rejected);
            case MachineReply.Refused(var word, _, _):
                return new(null, word);
            default:
                var shown = line.Length > 60 ? line[..60] + "…" : line;
                throw new BenchmarkException(
                    $$"""peer '{{Name}}' answered '{{shown}}' to {{subject}}; expected {"r0":"0x…"} or {"trap":"…"}""");
        }
    }
}
