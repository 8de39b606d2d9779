using System.Runtime.InteropServices;

namespace RbpfSpec.Interp.Pinned;

/// <summary>Bytes that never move: an array of the pinned heap, or a part of one.</summary>
/// <param name="array">The array.</param>
/// <param name="start">The index of the first one.</param>
/// <param name="length">How many.</param>
internal readonly struct PinnedBytes(byte[] array, int start, int length)
{
    /// <summary>The array that they are in: whoever holds it holds them.</summary>
    public byte[] Array => array;

    /// <summary>The index of the first one.</summary>
    public int Start => start;

    /// <summary>How many.</summary>
    public int Length => length;

    /// <summary>The bytes.</summary>
    public Span<byte> Span => array.AsSpan(start, length);

    /// <summary>The first one; of none, a place where nothing is to be read.</summary>
    public unsafe byte* First => (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(array, start);
}
