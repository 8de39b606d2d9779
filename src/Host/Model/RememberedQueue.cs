using System.Collections;

namespace RbpfSpec.Host.Model;

/// <summary>The messages that came latest, the oldest first; a persistent value, in which one is found at once.</summary>
/// <remarks>
/// Values that came of one another share a <see cref="Log"/>, of which each is a stretch: to add to the latest of them takes no copy,
/// to add to an earlier one does. Any thread may use any of them.
/// </remarks>
public sealed class RememberedQueue : IReadOnlyCollection<Remembered>, IEquatable<RememberedQueue>
{
    private readonly Log log;
    private readonly int first;
    private readonly int end;

    private RememberedQueue(Log log, int first, int end) => (this.log, this.first, this.end) = (log, first, end);

    /// <summary>None.</summary>
    public static RememberedQueue None { get; } = new(new(0), 0, 0);

    /// <summary>How many they are.</summary>
    public int Count => end - first;

    /// <summary>The message of an id; null if there is none whose id means the same message still.</summary>
    /// <param name="peer">Who sent it.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="now">The time, in microseconds.</param>
    public Remembered? Find(string peer, ushort messageId, ulong now)
    {
        // Of several the oldest: the latest is met first.
        Remembered? found = null;
        for (var place = log.LatestOf(messageId); place >= first; place = log.Before(place))
        {
            if (place < end && log[place] is var message && message.MessageId == messageId && message.Ends > now && message.Peer == peer)
                found = message;
        }

        return found;
    }

    /// <summary>These, and a message that came after them; without the oldest if they are too many.</summary>
    /// <param name="message">The message.</param>
    /// <param name="most">The most that are remembered, at least 1.</param>
    public RememberedQueue Add(Remembered message, int most)
    {
        ArgumentNullException.ThrowIfNull(message);
        var from = Math.Max(first, end - most + 1);
        return log.TryAdd(end, message) ? new(log, from, end + 1) : new RememberedQueue(log.Copy(from, end), 0, end - from).Added(message);
    }

    /// <summary>Those whose ids mean the same message still.</summary>
    /// <param name="now">The time, in microseconds.</param>
    public RememberedQueue At(ulong now)
    {
        var from = first;
        while (from < end && log[from].Ends <= now) from++;
        return from == first ? this : new(log, from, end);
    }

    public IEnumerator<Remembered> GetEnumerator()
    {
        for (var place = first; place < end; place++) yield return log[place];
    }

    public bool Equals(RememberedQueue? other) =>
        ReferenceEquals(this, other) || (other is not null && Count == other.Count && this.SequenceEqual(other));

    public override bool Equals(object? obj) => Equals(obj as RememberedQueue);

    public override int GetHashCode() => Count;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // To a log that nobody else has, and that has room.
    private RememberedQueue Added(Remembered message)
    {
        log.TryAdd(end, message);
        return new(log, first, end + 1);
    }

    // Messages in the places from 0 on. What is in a place never changes; who has a value sees those before its end alone.
    private sealed class Log
    {
        private const int LeastRoom = 8;

        // By the id: a sender counts its ids up, so that its messages spread. A power of two.
        private readonly int[] latest;
        private readonly Remembered[] messages;

        // For each message the place of the one before it that is found in the same place of the table; -1 if there is none.
        private readonly int[] before;
        private int used;

        public Log(int room)
        {
            messages = new Remembered[room];
            before = new int[room];
            latest = new int[LeastRoom];
            while (latest.Length < room) latest = new int[2 * latest.Length];
            Array.Fill(latest, -1);
        }

        public Remembered this[int place] => messages[place];

        public int LatestOf(ushort messageId) => Volatile.Read(ref latest[messageId & (latest.Length - 1)]);

        public int Before(int place) => before[place];

        // Adds to the value that ends at a place, if none that came of it did so before, and there is room.
        public bool TryAdd(int place, Remembered message)
        {
            if (place >= messages.Length || Interlocked.CompareExchange(ref used, place + 1, place) != place) return false;
            ref var head = ref latest[message.MessageId & (latest.Length - 1)];
            messages[place] = message;
            before[place] = head;
            Volatile.Write(ref head, place);
            return true;
        }

        // With room for as many again.
        public Log Copy(int from, int end)
        {
            Log copy = new(Math.Max(2 * (end - from + 1), LeastRoom));
            for (var place = from; place < end; place++) copy.TryAdd(place - from, messages[place]);
            return copy;
        }
    }
}
