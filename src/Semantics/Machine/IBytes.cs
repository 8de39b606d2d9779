using RbpfSpec.Semantics.Words;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The bytes of a region, addressed by 64-bit offsets from its start; a persistent value.</summary>
/// <remarks>
/// Total: what lies beyond the region's length reads as some fixed byte and is never observed, because the access
/// check of <see cref="Memory{TWord,TBit}"/> guards every use.
/// </remarks>
public interface IBytes<TWord, TBit>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The little-endian word of a width at an offset.</summary>
    TWord Read(TWord offset, Width width);

    /// <summary>The bytes after a little-endian word is written at an offset where <paramref name="when"/> holds; else the same bytes.</summary>
    IBytes<TWord, TBit> Write(TWord offset, TWord value, TBit when);
}
