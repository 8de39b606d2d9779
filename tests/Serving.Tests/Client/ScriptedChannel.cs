using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Client;

/// <summary>Datagrams to a server in the test, and a time that passes only while somebody waits.</summary>
/// <param name="answer">What the server sends when a message comes; each at once.</param>
internal sealed class ScriptedChannel(Func<CoapMessage, int, IEnumerable<CoapMessage>> answer) : IDatagramChannel
{
    private readonly Queue<CoapMessage> coming = [];

    public TimeSpan Now { get; private set; }

    /// <summary>The messages that were sent, with their times.</summary>
    public List<(TimeSpan Time, CoapMessage Message)> Sent { get; } = [];

    public void Send(ReadOnlySpan<byte> datagram)
    {
        var message = CoapReader.Read(datagram).ShouldBeOfType<CoapReading.Read>().Message;
        Sent.Add((Now, message));
        foreach (var one in answer(message, Sent.Count)) coming.Enqueue(one);
    }

    public void Come(CoapMessage message) => coming.Enqueue(message);

    public Arrival Receive(TimeSpan until, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return new Arrival.Nothing();
        if (coming.TryDequeue(out var next)) return new Arrival.Datagram(Sequence.Of<byte>(CoapWriter.Write(next)));
        until.ShouldBeLessThan(TimeSpan.MaxValue, "it waits for ever, and nothing comes");
        Now = until;
        return new Arrival.Nothing();
    }

    public void Dispose()
    {
    }
}
