namespace RbpfSpec.Interp.Pinned;

/// <summary>Where machines get memory that never moves: arrays of their own, or parts of one that their thread lends them.</summary>
/// <remarks>
/// The runtime collects all its memory after some megabytes of new pinned arrays, so what is used for one run borrows. A lease ends
/// in the block that it began in, and those of a thread end in the order opposite to that in which they began; whatever was taken
/// meanwhile is zero again then, and others take it. So nothing that is taken may be used longer than the lease lasts.
/// </remarks>
internal sealed class PinnedMemory
{
    // Enough for the machine and the memory of most programs; more than that is an array of its own.
    private const int MostLent = 1 << 16;
    private const int Alignment = 16;

    [ThreadStatic]
    private static PinnedMemory? ofThread;

    private readonly byte[] array;
    private int used;

    private PinnedMemory(int bytes) => array = bytes == 0 ? [] : GC.AllocateArray<byte>(bytes, pinned: true);

    /// <summary>Memory that is an array each time, which lives as long as somebody holds it.</summary>
    public static PinnedMemory Own { get; } = new(0);

    /// <summary>Lends what this thread has to lend.</summary>
    /// <param name="memory">Where to take from until <see cref="Lease.Dispose"/>, on this thread.</param>
    public static Lease Lend(out PinnedMemory memory)
    {
        memory = ofThread ??= new(MostLent);
        return new(memory, memory.used);
    }

    /// <summary>Takes some bytes, which are zero; the byte after the last one is nobody else's.</summary>
    /// <param name="length">How many.</param>
    public PinnedBytes Take(int length)
    {
        if (length >= array.Length - used) return new(GC.AllocateArray<byte>(length, pinned: true), 0, length);
        PinnedBytes taken = new(array, used, length);
        used = Math.Min(array.Length, (used + length + Alignment) & -Alignment);
        return taken;
    }

    /// <summary>How long memory is lent.</summary>
    internal readonly ref struct Lease(PinnedMemory memory, int mark)
    {
        /// <summary>Ends the lease.</summary>
        public void Dispose()
        {
            memory.array.AsSpan(mark, memory.used - mark).Clear();
            memory.used = mark;
        }
    }
}
