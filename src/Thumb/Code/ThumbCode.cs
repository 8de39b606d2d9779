using RbpfSpec.Arm.Encodings;

namespace RbpfSpec.Thumb.Code;

/// <summary>Bytes at an address of 32 bits.</summary>
/// <param name="Start">The address of the first byte.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record CodeBlock(uint Start, Sequence<byte> Bytes);

/// <summary>The code that is executed: blocks of bytes that do not change.</summary>
/// <param name="Blocks">The blocks; no two overlap.</param>
public sealed record ThumbCode(Sequence<CodeBlock> Blocks)
{
    /// <summary>The instruction at an address, or why there is none.</summary>
    public Decoded At(uint address)
    {
        foreach (var block in Blocks)
        {
            var offset = unchecked(address - block.Start);
            if (offset + 2UL <= (ulong)block.Bytes.Count) return Decoder.Decode(block.Bytes.AsSpan(), (int)offset);
        }

        return new Decoded.Refused(RefusalKind.Unknown, "no code is there", 2);
    }

    /// <summary>The code with bytes replaced, as a mutant has them.</summary>
    /// <param name="address">The address of the first byte; all lie in one block.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">They lie in no block.</exception>
    public ThumbCode With(uint address, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Blocks.Count; i++)
        {
            var offset = unchecked(address - Blocks[i].Start);
            if (offset + (ulong)bytes.Length > (ulong)Blocks[i].Bytes.Count) continue;
            byte[] changed = [.. Blocks[i].Bytes.AsSpan()];
            bytes.CopyTo(changed.AsSpan((int)offset));
            return new(Blocks.With(i, Blocks[i] with { Bytes = [.. changed] }));
        }

        throw new ArgumentOutOfRangeException(nameof(address), $"{bytes.Length} bytes at 0x{address:x8} lie in no block");
    }
}
