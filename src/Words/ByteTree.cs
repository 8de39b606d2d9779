using System.Buffers.Binary;

namespace RbpfSpec.Words;

/// <summary>Concrete bytes as a persistent radix tree: a write copies one leaf of 64 bytes and the path to it.</summary>
/// <remarks>Sixteen children a node, so that a store into 64 KiB copies about 500 bytes.</remarks>
public sealed class ByteTree : IBytes<Word>, IEquatable<ByteTree>
{
    private const int LeafBits = 6;
    private const int LeafSize = 1 << LeafBits;
    private const int FanoutBits = 4;
    private const int Fanout = 1 << FanoutBits;

    // What is copied at a time: enough for the path to it to cost little.
    private const int CopyBlock = 1 << 14;

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
        return new(Build(bytes, depth) ?? ZeroRoot(depth), depth, bytes.Length);
    }

    /// <summary>Zero bytes.</summary>
    /// <param name="length">How many; not negative.</param>
    public static ByteTree Zero(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var depth = DepthOf(length);
        return new(ZeroRoot(depth), depth, length);
    }

    /// <summary>The bytes, copied.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes, 0, isZeroed: true);
        return bytes;
    }

    /// <summary>Copies bytes from an offset on.</summary>
    /// <param name="target">Where to; as many bytes are copied as it has room for.</param>
    /// <param name="offset">The offset of the first one; all lie within.</param>
    /// <param name="isZeroed">Whether the target is all zero, so that zero bytes need not be written.</param>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie within.</exception>
    public void CopyTo(Span<byte> target, int offset = 0, bool isZeroed = false)
    {
        if (offset < 0 || target.Length > Length - offset)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, $"{target.Length} bytes do not lie within {Length} from there");
        CopyTo(root, height, target, offset, isZeroed);
    }

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
            for (var i = 0; i < width.Bytes && start + i < Length; i++) bytes[i] = Leaf(start + i)[(start + i) & (LeafSize - 1)];
        }

        return Word.Wrap(BinaryPrimitives.ReadUInt64LittleEndian(bytes), width);
    }

    public IBytes<Word> Write(Word offset, Word value, Truth<Word> when)
    {
        if (!when.Value || offset.Value >= (ulong)Length) return this;
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value.Value);
        var start = (int)offset.Value;
        var count = Math.Min(value.Width.Bytes, Length - start);
        return new ByteTree(Replace(root, height, start, bytes[..count]), height, Length);
    }

    public IBytes<Word> Copy(Word offset, IBytes<Word> source, Word from, ulong count, Truth<Word> when)
    {
        if (!when.Value || count == 0) return this;
        if (source is not ByteTree other || count > (ulong)Length || count > (ulong)other.Length
            || offset.Value > (ulong)Length - count || from.Value > (ulong)other.Length - count)
        {
            return WordByWord(offset, source, from, count, when);
        }

        object? written = root;
        var block = new byte[Math.Min((int)count, CopyBlock)];
        for (var done = 0; done < (int)count; done += block.Length)
        {
            var part = block.AsSpan(0, Math.Min(block.Length, (int)count - done));
            other.CopyTo(part, (int)from.Value + done);
            written = Replace(written, height, (int)offset.Value + done, part);
        }

        return new ByteTree(written!, height, Length);
    }

    private IBytes<Word> WordByWord(Word offset, IBytes<Word> source, Word from, ulong count, Truth<Word> when)
    {
        IBytes<Word> written = this;
        for (ulong done = 0; done < count && offset.Value + done < (ulong)Length; done++)
        {
            var distance = Word.Of(done);
            written = written.Write(offset + distance, source.Read(from + distance, Width.Bits8), when);
        }

        return written;
    }

    public bool Equals(ByteTree? other) => other is not null && Length == other.Length
        && (ReferenceEquals(root, other.root) || ToArray().AsSpan().SequenceEqual(other.ToArray()));

    public override bool Equals(object? obj) => Equals(obj as ByteTree);

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

    private static object ZeroRoot(int depth) => depth == 0 ? ZeroLeaf : new object[Fanout];

    // Nothing for bytes that are all zero.
    private static object? Build(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth == 0)
        {
            if (!bytes.ContainsAnyExcept((byte)0)) return null;
            var leaf = new byte[LeafSize];
            bytes.CopyTo(leaf);
            return leaf;
        }

        var size = 1L << ShiftOf(depth);
        object?[]? children = null;
        for (var i = 0; i * size < bytes.Length && i < Fanout; i++)
        {
            var start = (int)(i * size);
            var child = Build(bytes[start..(int)Math.Min(start + size, bytes.Length)], depth - 1);
            if (child is not null) (children ??= new object?[Fanout])[i] = child;
        }

        return children;
    }

    // The node with bytes from an offset on replaced; the offset counts from the node's first byte, and all lie within it.
    private static object Replace(object? node, int depth, int offset, ReadOnlySpan<byte> bytes)
    {
        if (depth == 0)
        {
            byte[] leaf = [.. (byte[]?)node ?? ZeroLeaf];
            bytes.CopyTo(leaf.AsSpan(offset));
            return leaf;
        }

        object?[] children = node is null ? new object?[Fanout] : [.. (object?[])node];
        var size = 1 << ShiftOf(depth);
        while (!bytes.IsEmpty)
        {
            var index = offset >> ShiftOf(depth);
            var within = offset & (size - 1);
            var part = bytes[..Math.Min(bytes.Length, size - within)];
            children[index] = Replace(children[index], depth - 1, within, part);
            bytes = bytes[part.Length..];
            offset += part.Length;
        }

        return children;
    }

    private static void CopyTo(object? node, int depth, Span<byte> target, int offset, bool isZeroed)
    {
        if (node is null)
        {
            if (!isZeroed) target.Clear();
            return;
        }

        if (depth == 0)
        {
            ((byte[])node).AsSpan(offset, target.Length).CopyTo(target);
            return;
        }

        var size = 1 << ShiftOf(depth);
        while (!target.IsEmpty)
        {
            var within = offset & (size - 1);
            var part = target[..Math.Min(target.Length, size - within)];
            CopyTo(((object?[])node)[offset >> ShiftOf(depth)], depth - 1, part, within, isZeroed);
            target = target[part.Length..];
            offset += part.Length;
        }
    }

    private byte[] Leaf(int offset)
    {
        object? node = root;
        for (var level = height; level > 0 && node is not null; level--)
            node = ((object?[])node)[(offset >> ShiftOf(level)) & (Fanout - 1)];
        return (byte[]?)node ?? ZeroLeaf;
    }
}
