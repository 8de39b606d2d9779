using System.Buffers;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>How memory that is lent can be less than it says, in safe code.</summary>
internal enum MemoryFault
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It pins nothing.</summary>
    PinsNothing,

    /// <summary>It pins other bytes, and fewer.</summary>
    PinsOthers,

    /// <summary>It says that it is longer than it is.</summary>
    IsShorter,

    /// <summary>Pinning it fails.</summary>
    FailsToPin,

    /// <summary>Unpinning it fails.</summary>
    FailsToUnpin,
}

/// <summary>Memory with a fault.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="fault">What is wrong with them.</param>
internal sealed class FaultyMemory(byte[] bytes, MemoryFault fault) : MemoryManager<byte>
{
    private readonly byte[] others = new byte[1];
    private MemoryHandle pinned;

    /// <summary>The memory, which says that it has a gigabyte if it is shorter than that.</summary>
    public Memory<byte> Lent => fault is MemoryFault.IsShorter ? CreateMemory(1 << 30) : CreateMemory(bytes.Length);

    public override Span<byte> GetSpan() => bytes;

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        if (fault is MemoryFault.FailsToPin) throw new InvalidDataException("cannot be pinned");
        if (fault is MemoryFault.PinsNothing) return default;
        pinned = (fault is MemoryFault.PinsOthers ? others : bytes).AsMemory().Pin();
        return new(pinned.Pointer, default, this);
    }

    public override void Unpin()
    {
        pinned.Dispose();
        if (fault is MemoryFault.FailsToUnpin) throw new InvalidDataException("cannot be unpinned");
    }

    protected override void Dispose(bool disposing)
    {
    }
}
