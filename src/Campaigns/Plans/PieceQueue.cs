namespace RbpfSpec.Campaigns.Plans;

/// <summary>The rules of leases.</summary>
/// <param name="Time">For how long a worker has a piece, unless it says again that it works at it.</param>
/// <param name="Attempts">How often a piece may be lost, or fail, before it is given up.</param>
public sealed record LeaseRules(TimeSpan Time, int Attempts)
{
    /// <summary>The rules unless others are asked for.</summary>
    public static LeaseRules Default { get; } = new(TimeSpan.FromSeconds(30), 3);
}

/// <summary>The pieces of a campaign: which wait, which are leased to whom and until when, and which are done.</summary>
/// <param name="count">How many pieces there are.</param>
/// <param name="rules">The rules of leases.</param>
/// <remarks>It has no clock of its own, and is used by one thread at a time.</remarks>
public sealed class PieceQueue(int count, LeaseRules rules)
{
    private readonly Slot[] slots = [.. Enumerable.Repeat(new Slot(), count)];
    private int open = count;

    private enum Standing
    {
        Waiting,
        Leased,
        Done,
        GivenUp,
        Dropped,
    }

    /// <summary>Whether no piece waits or is under way.</summary>
    public bool IsOver => open == 0;

    /// <summary>Gives the first piece that waits to a worker; null if none does.</summary>
    public int? Take(string worker, DateTimeOffset now)
    {
        var piece = Array.FindIndex(slots, slot => slot.Standing is Standing.Waiting);
        if (piece < 0) return null;
        slots[piece] = slots[piece] with { Standing = Standing.Leased, Worker = worker, Until = now + rules.Time };
        return piece;
    }

    /// <summary>Lets a worker keep what it has for another while.</summary>
    public void Renew(string worker, DateTimeOffset now)
    {
        for (var piece = 0; piece < slots.Length; piece++)
        {
            if (IsOf(piece, worker)) slots[piece] = slots[piece] with { Until = now + rules.Time };
        }
    }

    /// <summary>Takes back what a worker has that goes in order: that is no failure.</summary>
    public void Leave(string worker)
    {
        for (var piece = 0; piece < slots.Length; piece++)
        {
            if (IsOf(piece, worker)) slots[piece] = slots[piece] with { Standing = Standing.Waiting, Worker = "" };
        }
    }

    /// <summary>Whether the result of a piece is still wanted, whoever has it.</summary>
    public bool IsWanted(int piece) => slots[piece].Standing is not (Standing.Done or Standing.Dropped);

    /// <summary>A piece has its result.</summary>
    /// <returns>Whether it had none before.</returns>
    public bool Finish(int piece)
    {
        if (!IsWanted(piece)) return false;
        if (slots[piece].Standing is not Standing.GivenUp) open--;
        slots[piece] = slots[piece] with { Standing = Standing.Done };
        return true;
    }

    /// <summary>A worker could not finish a piece that it has; it waits again, or is given up.</summary>
    /// <returns>Whether it is given up now.</returns>
    public bool Fail(int piece, string worker, string reason) => IsOf(piece, worker) && Lose(piece, reason);

    /// <summary>Takes back the pieces whose lease is over.</summary>
    /// <returns>Those that are given up now.</returns>
    public IReadOnlyList<int> Expire(DateTimeOffset now) =>
    [
        .. Enumerable.Range(0, slots.Length)
            .Where(piece => slots[piece].Standing is Standing.Leased && slots[piece].Until <= now)
            .Where(piece => Lose(piece, $"no more was heard of the worker {slots[piece].Worker}")),
    ];

    /// <summary>The reason why a piece was lost last; empty if it never was.</summary>
    public string Reason(int piece) => slots[piece].Reason;

    /// <summary>The pieces from one on are not wanted any more.</summary>
    public void Drop(int from)
    {
        for (var piece = from; piece < slots.Length; piece++)
        {
            if (slots[piece].Standing is Standing.Waiting or Standing.Leased) open--;
            if (slots[piece].Standing is not Standing.Done) slots[piece] = slots[piece] with { Standing = Standing.Dropped };
        }
    }

    private bool IsOf(int piece, string worker) => slots[piece].Standing is Standing.Leased && slots[piece].Worker == worker;

    private bool Lose(int piece, string reason)
    {
        var lost = slots[piece] with { Lost = slots[piece].Lost + 1, Worker = "", Reason = reason };
        var isGivenUp = lost.Lost >= rules.Attempts;
        slots[piece] = lost with { Standing = isGivenUp ? Standing.GivenUp : Standing.Waiting };
        if (isGivenUp) open--;
        return isGivenUp;
    }

    private sealed record Slot
    {
        public Standing Standing { get; init; }

        public string Worker { get; init; } = "";

        public DateTimeOffset Until { get; init; }

        public int Lost { get; init; }

        public string Reason { get; init; } = "";
    }
}

/// <summary>The clock of leases.</summary>
/// <param name="time">The time that it tells.</param>
public sealed class LeaseClock(TimeProvider time)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();
}
