using System.Buffers.Binary;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Encoding;

/// <summary>A program: slots. Nothing is claimed of them; that is what the preflight check is for.</summary>
public sealed record Program(Sequence<Slot> Slots)
{
    /// <summary>The program of some bytes, eight a slot; a last slot that is not whole is left out.</summary>
    /// <remarks>The preflight check of bytes reports what was left out.</remarks>
    public static Program Of(ReadOnlySpan<byte> bytes)
    {
        var slots = new Slot[bytes.Length / Slot.Size];
        for (var i = 0; i < slots.Length; i++) slots[i] = new(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * Slot.Size)..]));
        return new(Sequence.Of<Slot>(slots));
    }

    /// <summary>The program of some instructions.</summary>
    public static Program Of(IEnumerable<Instruction> instructions) =>
        new([.. instructions.SelectMany(instruction => Encoder.Encode(instruction))]);

    /// <summary>The number of slots.</summary>
    public int Length => Slots.Count;

    /// <summary>The bytes, eight a slot.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length * Slot.Size];
        for (var i = 0; i < Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * Slot.Size), Slots[i].Bits);
        return bytes;
    }
}
