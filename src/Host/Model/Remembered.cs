namespace RbpfSpec.Host.Model;

/// <summary>A message that came, with its answer: a duplicate gets the same answer, and has no effect.</summary>
/// <param name="Peer">Who sent it.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Answer">The datagram sent back; empty if none was.</param>
/// <param name="Ends">When the id may mean another message, in microseconds.</param>
public sealed record Remembered(string Peer, ushort MessageId, Sequence<byte> Answer, ulong Ends);
