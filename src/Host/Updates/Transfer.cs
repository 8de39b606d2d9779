using RbpfSpec.Host.Coap;

namespace RbpfSpec.Host.Updates;

/// <summary>An upload in blocks that is not complete: nobody but its sender sees it.</summary>
/// <param name="Peer">Who sends.</param>
/// <param name="Resource">What is uploaded: path and query of the request.</param>
/// <param name="Bytes">The bytes that came so far.</param>
/// <param name="Ends">When it is given up, in microseconds.</param>
public sealed record Transfer(string Peer, string Resource, Sequence<byte> Bytes, ulong Ends);

/// <summary>The result of a block.</summary>
public abstract record BlockReceipt
{
    private BlockReceipt()
    {
    }

    /// <summary>The whole is there.</summary>
    public sealed record Complete(Sequence<byte> Bytes) : BlockReceipt;

    /// <summary>It is stored, and more follow.</summary>
    /// <param name="Transfer">The upload so far.</param>
    public sealed record Stored(Transfer Transfer) : BlockReceipt;

    /// <summary>It is not stored.</summary>
    /// <param name="Code">The code that says so.</param>
    /// <param name="Problem">For people.</param>
    public sealed record Refused(CoapCode Code, string Problem) : BlockReceipt;
}

/// <summary>Puts blocks together, RFC 7959.</summary>
public static class Blocks
{
    /// <summary>How long an upload waits for its next block, in microseconds: EXCHANGE_LIFETIME of RFC 7252 §4.8.2.</summary>
    public const ulong Patience = 247_000_000;

    /// <summary>Takes a block.</summary>
    /// <param name="peer">Who sends.</param>
    /// <param name="resource">Path and query of the request.</param>
    /// <param name="before">What came so far; null if nothing did.</param>
    /// <param name="block">The option Block1; null if the request is the whole.</param>
    /// <param name="payload">The bytes.</param>
    /// <param name="most">The most bytes of the whole.</param>
    /// <param name="now">The time, in microseconds.</param>
    public static BlockReceipt Take(
        string peer, string resource, Transfer? before, CoapBlock? block, Sequence<byte> payload, int most, ulong now)
    {
        if (block is not { } part) return payload.Count > most ? TooLarge(most) : new BlockReceipt.Complete(payload);
        if (part.More && payload.Count != part.Size)
            return new BlockReceipt.Refused(CoapCode.BadRequest, $"block {part.Number} has {payload.Count} bytes; expected {part.Size}");
        if (payload.Count > part.Size)
            return new BlockReceipt.Refused(CoapCode.BadRequest, $"the last block has {payload.Count} bytes; the most are {part.Size}");
        var bytes = part.Number == 0 ? [] : before?.Bytes ?? [];
        if (part.Offset + payload.Count > most) return TooLarge(most);

        // The same block again, as a message of its own: it is there.
        if (part.More && part.Offset + payload.Count == bytes.Count && before is not null
            && bytes.AsSpan()[(int)part.Offset..].SequenceEqual(payload.AsSpan()))
        {
            return new BlockReceipt.Stored(before with { Ends = now + Patience });
        }

        if (part.Offset != bytes.Count)
        {
            return new BlockReceipt.Refused(
                CoapCode.RequestEntityIncomplete, $"block {part.Number} begins at {part.Offset}; {bytes.Count} bytes came before");
        }

        Sequence<byte> whole = [.. bytes, .. payload];
        return part.More ? new BlockReceipt.Stored(new(peer, resource, whole, now + Patience)) : new BlockReceipt.Complete(whole);
    }

    private static BlockReceipt.Refused TooLarge(int most) => new(CoapCode.RequestEntityTooLarge, $"the most bytes are {most}");
}
