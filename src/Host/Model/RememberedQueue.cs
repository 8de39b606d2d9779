using System.Collections;
using System.Collections.Immutable;

namespace RbpfSpec.Host.Model;

/// <summary>The messages that came latest, the oldest first; a persistent value, in which one is found at once.</summary>
public sealed class RememberedQueue : IReadOnlyCollection<Remembered>, IEquatable<RememberedQueue>
{
    // By the id: a sender counts its ids up, so that its messages spread.
    private const int Buckets = 64;

    // Each with the oldest first, as in the whole.
    private readonly Remembered[][] buckets;
    private readonly ImmutableQueue<Remembered> order;

    private RememberedQueue(Remembered[][] buckets, ImmutableQueue<Remembered> order, int count) =>
        (this.buckets, this.order, Count) = (buckets, order, count);

    /// <summary>None.</summary>
    public static RememberedQueue None { get; } = new(Enumerable.Repeat<Remembered[]>([], Buckets).ToArray(), [], 0);

    /// <summary>How many they are.</summary>
    public int Count { get; }

    /// <summary>The message of an id; null if there is none whose id means the same message still.</summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="now">The time, in microseconds.</param>
    public Remembered? Find(string peer, ushort messageId, ulong now)
    {
        foreach (var message in buckets[messageId % Buckets])
        {
            if (message.MessageId == messageId && message.Ends > now && message.Peer == peer) return message;
        }

        return null;
    }

    /// <summary>These, and a message that came after them; without the oldest if they are too many.</summary>
    /// <param name="message">The message.</param>
    /// <param name="most">The most that are remembered, at least 1.</param>
    public RememberedQueue Add(Remembered message, int most)
    {
        ArgumentNullException.ThrowIfNull(message);
        var changed = buckets.AsSpan().ToArray();
        var (rest, count) = (order, Count);
        for (; count >= most; count--) rest = WithoutOldest(rest, changed);
        ref var bucket = ref changed[message.MessageId % Buckets];
        bucket = [.. bucket, message];
        return new(changed, rest.Enqueue(message), count + 1);
    }

    /// <summary>Those whose ids mean the same message still.</summary>
    /// <param name="now">The time, in microseconds.</param>
    public RememberedQueue At(ulong now)
    {
        if (Count == 0 || order.Peek().Ends > now) return this;
        var changed = buckets.AsSpan().ToArray();
        var (rest, count) = (order, Count);
        for (; count > 0 && rest.Peek().Ends <= now; count--) rest = WithoutOldest(rest, changed);
        return new(changed, rest, count);
    }

    public IEnumerator<Remembered> GetEnumerator() => ((IEnumerable<Remembered>)order).GetEnumerator();

    public bool Equals(RememberedQueue? other) =>
        ReferenceEquals(this, other) || (other is not null && Count == other.Count && this.SequenceEqual(other));

    public override bool Equals(object? obj) => Equals(obj as RememberedQueue);

    public override int GetHashCode() => Count;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The oldest of all is the oldest of its bucket.
    private static ImmutableQueue<Remembered> WithoutOldest(ImmutableQueue<Remembered> order, Remembered[][] buckets)
    {
        var rest = order.Dequeue(out var oldest);
        ref var bucket = ref buckets[oldest.MessageId % Buckets];
        bucket = bucket[1..];
        return rest;
    }
}
