using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Client;

/// <summary>Single messages and their responses: transmission, acknowledgements, tokens; RFC 7252 §4 and §5.</summary>
internal sealed class CoapExchange(IDatagramChannel channel, CoapTiming timing, Random random)
{
    private const int TokenLength = 4;

    private const int MostAcknowledged = 64;

    // How soon it tries again where nobody listens.
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(200);

    // Confirmable responses that were acknowledged: the acknowledgement may have been lost.
    private readonly Queue<ushort> acknowledged = [];
    private readonly Queue<CoapMessage> notifications = [];
    private Sequence<byte>? observed;
    private ushort nextId = (ushort)random.Next(ushort.MaxValue + 1);

    /// <summary>A token that no other exchange has, as good as certainly.</summary>
    public Sequence<byte> NewToken()
    {
        var bytes = new byte[TokenLength];
        random.NextBytes(bytes);
        return Sequence.Of<byte>(bytes);
    }

    /// <summary>Sends a confirmable message and waits for its response.</summary>
    /// <param name="message">The message; its id is set here.</param>
    /// <param name="longest">How long to wait at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public CoapResult Send(CoapMessage message, TimeSpan longest, CancellationToken cancellation)
    {
        message = message with { MessageId = nextId++ };
        var datagram = CoapWriter.Write(message);
        var deadline = channel.Now + longest;
        var first = timing.AckTimeout * (1 + ((timing.RandomFactor - 1) * random.NextDouble()));
        var (pause, next) = (first, channel.Now + first);
        var (sent, isAcknowledged, isUnreachable) = (1, false, false);
        channel.Send(datagram);
        while (true)
        {
            switch (channel.Receive(isAcknowledged || next > deadline ? deadline : next, cancellation))
            {
                case Arrival.Datagram(var bytes):
                    var (result, isAck) = Take(bytes, message);
                    if (result is not null) return result;
                    isAcknowledged |= isAck;
                    break;
                case Arrival.Unreachable:
                    // Nothing is under way that it would add to: the server may be about to begin.
                    (pause, next, sent, isUnreachable) = (first, channel.Now + Again, 0, true);
                    break;
                case Arrival.Nothing when cancellation.IsCancellationRequested:
                    return new CoapResult.Cancelled();
                case Arrival.Nothing when channel.Now >= deadline || (!isAcknowledged && sent > timing.Retransmissions):
                    return new CoapResult.Failed((isUnreachable, isAcknowledged) switch
                    {
                        (true, _) => "nobody listens there",
                        (_, true) => $"the request was acknowledged, and no response came within {longest.TotalSeconds:0.#} s",
                        _ => $"no answer within {(channel.Now - deadline + longest).TotalSeconds:0.#} s, sent {sent} times",
                    });
                case Arrival.Nothing:
                    channel.Send(datagram);
                    if (sent++ > 0) pause *= 2;
                    next += pause;
                    isUnreachable = false;
                    break;
            }
        }
    }

    /// <summary>From now on notes what comes with a token outside its exchange; null notes nothing.</summary>
    public void Observe(Sequence<byte>? token)
    {
        observed = token;
        notifications.Clear();
    }

    /// <summary>The next notification, however long that takes; null if it was cancelled, or nobody listens there any more.</summary>
    public CoapMessage? Notification(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (notifications.TryDequeue(out var first)) return first;
            switch (channel.Receive(TimeSpan.MaxValue, cancellation))
            {
                case Arrival.Datagram(var bytes):
                    Take(bytes, null);
                    break;
                case Arrival.Unreachable:
                    return null;
                case Arrival.Nothing:
                    break;
            }
        }

        return null;
    }

    // The result of the exchange if a datagram brings it, or else whether it acknowledges the request.
    private (CoapResult? Result, bool IsAcknowledged) Take(Sequence<byte> datagram, CoapMessage? request)
    {
        if (CoapReader.Read(datagram.AsSpan()) is not CoapReading.Read(var message))
        {
            if (CoapReader.Read(datagram.AsSpan()) is CoapReading.Malformed(CoapType.Confirmable, var id, _)) Reset(id);
            return default;
        }

        if (message.Type is CoapType.Acknowledgement or CoapType.Reset)
        {
            if (request is null || message.MessageId != request.MessageId) return default;
            if (message.Type is CoapType.Reset) return (new CoapResult.Failed("the server rejects the message with a reset"), false);
            if (message.Code == CoapCode.Empty) return (null, true);
            return message.Code.IsResponse && message.Token == request.Token ? (new CoapResult.Answered(message), true) : default;
        }

        var isAnswer = message.Code.IsResponse && request is not null && message.Token == request.Token;
        var isNotification = message.Code.IsResponse && !isAnswer && observed is { } token && message.Token == token;
        if (message.Type is CoapType.Confirmable)
        {
            var isAgain = acknowledged.Contains(message.MessageId);
            if (!isAnswer && !isNotification && !isAgain)
            {
                Reset(message.MessageId);
                return default;
            }

            channel.Send(CoapWriter.Write(CoapMessage.Empty(CoapType.Acknowledgement, message.MessageId)));
            if (isAgain) return default;
            acknowledged.Enqueue(message.MessageId);
            if (acknowledged.Count > MostAcknowledged) acknowledged.Dequeue();
        }

        if (isNotification) notifications.Enqueue(message);
        return isAnswer ? (new CoapResult.Answered(message), true) : default;
    }

    private void Reset(ushort id) => channel.Send(CoapWriter.Write(CoapMessage.Empty(CoapType.Reset, id)));
}
