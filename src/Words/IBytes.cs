namespace RbpfSpec.Words;

/// <summary>The bytes of a region, addressed by 64-bit offsets from its start; a persistent value.</summary>
/// <remarks>
/// Total: what lies beyond the region's length reads as some fixed byte and is never observed, because the access
/// check of <see cref="RegionMemory{T}"/> guards every use.
/// </remarks>
public interface IBytes<T>
    where T : IWord<T>
{
    /// <summary>The little-endian word of a width at an offset.</summary>
    T Read(T offset, Width width);

    /// <summary>
    /// The bytes after a little-endian word is written at an offset where <paramref name="when"/> holds; else the same bytes.
    /// </summary>
    IBytes<T> Write(T offset, T value, Truth<T> when);

    /// <summary>
    /// The bytes after some of other bytes are copied to an offset where <paramref name="when"/> holds; else the same bytes.
    /// </summary>
    /// <remarks>Word by word, unless bytes know better.</remarks>
    /// <param name="offset">Where the first one goes.</param>
    /// <param name="source">The other bytes, which may be these.</param>
    /// <param name="from">Where the first one is.</param>
    /// <param name="count">How many; all lie within, here and there.</param>
    /// <param name="when">Whether they are copied.</param>
    IBytes<T> Copy(T offset, IBytes<T> source, T from, ulong count, Truth<T> when)
    {
        var bytes = this;
        for (ulong done = 0; done < count;)
        {
            var width = count - done >= 8 ? Width.Bits64 : Width.Bits8;
            var distance = T.Constant(done, Width.Bits64);
            bytes = bytes.Write(offset + distance, source.Read(from + distance, width), when);
            done += (ulong)width.Bytes;
        }

        return bytes;
    }
}
