using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Model;

/// <summary>A client that is told when a resource changes, RFC 7641.</summary>
/// <param name="Peer">Who it is.</param>
/// <param name="Request">The request by which it asked for it; its token is that of every notification.</param>
/// <param name="Told">The payload that it was told last.</param>
/// <param name="Count">The number of the latest notification, 24 bits.</param>
/// <param name="SentAt">When that was sent, in microseconds.</param>
/// <param name="ConfirmedAt">When the latest one that had to be acknowledged was sent, in microseconds.</param>
public sealed record Observer(
    string Peer, CoapMessage Request, Sequence<byte> Told, int Count, ulong SentAt, ulong ConfirmedAt)
{
    /// <summary>The id of the latest notification; null if it was an acknowledgement of the request.</summary>
    public ushort? MessageId { get; init; }

    /// <summary>The notification that is not acknowledged yet; null if none is.</summary>
    public Unacknowledged? Waiting { get; init; }
}

/// <summary>A confirmable message that is sent again until it is acknowledged, RFC 7252 §4.2.</summary>
/// <param name="Bytes">The datagram.</param>
/// <param name="Times">How often it was sent.</param>
/// <param name="Due">When it is sent again or given up, in microseconds.</param>
public sealed record Unacknowledged(Sequence<byte> Bytes, int Times, ulong Due)
{
    /// <summary>ACK_TIMEOUT, in microseconds.</summary>
    public const ulong Timeout = 2_000_000;

    /// <summary>How often a message is sent: once, and MAX_RETRANSMIT times again.</summary>
    public const int MostTimes = 5;

    /// <summary>A message that was just sent.</summary>
    /// <param name="bytes">The datagram.</param>
    /// <param name="messageId">Its id, on which the first wait depends: up to half as long again, so that waits differ.</param>
    /// <param name="now">The time, in microseconds.</param>
    public static Unacknowledged Of(Sequence<byte> bytes, ushort messageId, ulong now) =>
        new(bytes, 1, now + First(messageId));

    /// <summary>The message after it was sent once more: each wait is twice the one before.</summary>
    /// <param name="messageId">Its id.</param>
    /// <param name="now">The time, in microseconds.</param>
    public Unacknowledged Again(ushort messageId, ulong now) =>
        new(Bytes, Times + 1, now + (First(messageId) << Times));

    private static ulong First(ushort messageId) => Timeout + (messageId % 64u * (Timeout / 128));
}
