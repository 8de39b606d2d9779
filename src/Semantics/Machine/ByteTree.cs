using System.Buffers.Binary;
using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Machine;

/// <summary>Concrete bytes as a persistent radix tree: a write copies one leaf of 64 bytes and the path to it.</summary>
/// <remarks>Sixteen children a node, so that a store into 64 KiB copies about 500 bytes.</remarks>
public sealed class ByteTree : IBytes<Word, Bit>, IEquatable<ByteTree>
{
    private const int LeafBits = 6;
    private const int LeafSize = 1 << LeafBits;
    private const int FanoutBits = 4;
    private const int Fanout = 1 << FanoutBits;

    private static readonly byte[] ZeroLeaf = new byte[LeafSize];

    // A leaf is a byte[LeafSize], an inner node an object[Fanout] whose missing children are zero leaves.
    private readonly object root;
    private readonly int height;

    private ByteTree(object root, int depth, int length)
    {
        this.root = root;
        height = depth;
        Length = length;
    }

    /// <summary>The number of bytes.</summary>
    public int Length { get; }

    /// <summary>The given bytes, copied.</summary>
    public static ByteTree Of(ReadOnlySpan<byte> bytes)
    {
        var depth = DepthOf(bytes.Length);
        return new(Build(bytes, depth), depth, bytes.Length);
    }

    /// <summary>Zero bytes.</summary>
    /// <param name="length">How many; not negative.</param>
    public static ByteTree Zero(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var depth = DepthOf(length);
        return new(depth == 0 ? ZeroLeaf : new object[Fanout], depth, length);
    }

    /// <summary>The bytes, copied.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        for (var start = 0; start < Length; start += LeafSize)
            Leaf(start).AsSpan(0, Math.Min(LeafSize, Length - start)).CopyTo(bytes.AsSpan(start));
        return bytes;
    }

    /// <inheritdoc/>
    public Word Read(Word offset, Width width)
    {
        if (offset.Value >= (ulong)Length) return Word.Wrap(0, width);
        var start = (int)offset.Value;
        var within = start & (LeafSize - 1);
        Span<byte> bytes = stackalloc byte[8];
        if (within <= LeafSize - 8)
        {
            Leaf(start).AsSpan(within, 8).CopyTo(bytes);
        }
        else
        {
            for (var i = 0; i < width.Bytes() && start + i < Length; i++) bytes[i] = Leaf(start + i)[(start + i) & (LeafSize - 1)];
        }

        return Word.Wrap(BinaryPrimitives.ReadUInt64LittleEndian(bytes), width);
    }

    /// <inheritdoc/>
    public IBytes<Word, Bit> Write(Word offset, Word value, Bit when)
    {
        if (!when.Value || offset.Value >= (ulong)Length) return this;
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.Value);
        var start = (int)offset.Value;
        var count = Math.Min(value.Width.Bytes(), Length - start);
        var first = Math.Min(count, LeafSize - (start & (LeafSize - 1)));
        var written = Replace(root, height, start, bytes[..first]);
        if (first < count) written = Replace(written, height, start + first, bytes[first..count]);
        return new ByteTree(written, height, Length);
    }

    /// <inheritdoc/>
    public bool Equals(ByteTree? other) => other is not null && Length == other.Length
        && (ReferenceEquals(root, other.root) || ToArray().AsSpan().SequenceEqual(other.ToArray()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ByteTree);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(ToArray());
        return hash.ToHashCode();
    }

    private static int DepthOf(int length)
    {
        var depth = 0;
        for (long capacity = LeafSize; capacity < length; capacity <<= FanoutBits) depth++;
        return depth;
    }

    private static int ShiftOf(int depth) => LeafBits + (FanoutBits * (depth - 1));

    private static object Build(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth == 0)
        {
            var leaf = new byte[LeafSize];
            bytes.CopyTo(leaf);
            return leaf;
        }

        var size = 1 << ShiftOf(depth);
        var children = new object[Fanout];
        for (var i = 0; (long)i * size < bytes.Length && i < Fanout; i++)
        {
            var start = i * size;
            children[i] = Build(bytes[start..(int)Math.Min((long)start + size, bytes.Length)], depth - 1);
        }

        return children;
    }

    private static object Replace(object? node, int depth, int offset, ReadOnlySpan<byte> bytes)
    {
        if (depth == 0)
        {
            byte[] leaf = [.. (byte[]?)node ?? ZeroLeaf];
            bytes.CopyTo(leaf.AsSpan(offset & (LeafSize - 1)));
            return leaf;
        }

        object[] children = node is null ? new object[Fanout] : [.. (object[])node];
        var index = (offset >> ShiftOf(depth)) & (Fanout - 1);
        children[index] = Replace(children[index], depth - 1, offset, bytes);
        return children;
    }

    private byte[] Leaf(int offset)
    {
        object? node = root;
        for (var level = height; level > 0 && node is not null; level--)
            node = ((object?[])node)[(offset >> ShiftOf(level)) & (Fanout - 1)];
        return (byte[]?)node ?? ZeroLeaf;
    }
}
