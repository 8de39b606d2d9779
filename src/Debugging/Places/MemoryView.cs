using System.Buffers.Binary;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Places;

/// <summary>Memory as a debugger reads it: whatever is there, without asking what the program may read.</summary>
public static class MemoryView
{
    /// <summary>The region that an address lies in; null if it lies in none.</summary>
    public static Region<Word>? RegionAt(State<Word> state, ulong address)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Memory.Regions.FirstOrDefault(region => address - region.Start.Value < region.Length.Value);
    }

    /// <summary>The bytes from an address on, up to the end of its region; none if it lies in no region.</summary>
    public static byte[] Read(State<Word> state, ulong address, int most)
    {
        if (RegionAt(state, address) is not { Bytes: ByteTree bytes } region) return [];
        var offset = address - region.Start.Value;
        var read = new byte[Math.Min(region.Length.Value - offset, (ulong)Math.Max(most, 0))];
        bytes.CopyTo(read, (int)offset);
        return read;
    }

    /// <summary>The number of some bytes at an address, little-endian; null if they do not lie in one region.</summary>
    /// <param name="state">The state.</param>
    /// <param name="address">The address of the first.</param>
    /// <param name="size">How many: 1 to 8.</param>
    public static ulong? Number(State<Word> state, ulong address, int size)
    {
        Span<byte> whole = stackalloc byte[sizeof(ulong)];
        var read = Read(state, address, size);
        if (read.Length < size) return null;
        read.CopyTo(whole);
        return BinaryPrimitives.ReadUInt64LittleEndian(whole);
    }
}
