namespace RbpfSpec.Conformance.Faults;

/// <summary>The fields of a slot, as a plain machine reads them.</summary>
/// <param name="Opcode">Byte 0.</param>
/// <param name="Destination">The low half of byte 1.</param>
/// <param name="Source">The high half of byte 1.</param>
/// <param name="Offset">Bytes 2 and 3, signed.</param>
/// <param name="Immediate">Bytes 4 to 7, signed.</param>
internal readonly record struct Fields(byte Opcode, byte Destination, byte Source, short Offset, int Immediate)
{
    /// <summary>The class, bits 0 to 2 of the opcode.</summary>
    public int Class => Opcode & 7;

    /// <summary>The operation of arithmetic and jumps, bits 4 to 7 of the opcode.</summary>
    public int Code => Opcode >> 4;

    /// <summary>Whether the second operand is a register, for arithmetic and jumps.</summary>
    public bool IsX => (Opcode & 8) != 0;

    /// <summary>Whether it is arithmetic.</summary>
    public bool IsAlu => Class is 4 or 7;

    /// <summary>Whether it is a jump, a call or EXIT.</summary>
    public bool IsJump => Class is 5 or 6;

    /// <summary>Whether it takes two slots.</summary>
    public bool IsWide => Opcode == 0x18;

    /// <summary>Whether it is an atomic operation.</summary>
    public bool IsAtomic => Opcode is 0xc3 or 0xdb;

    /// <summary>The bytes that a load, a store or an atomic operation accesses.</summary>
    public int Bytes => ((Opcode >> 3) & 3) switch { 0 => 4, 1 => 2, 2 => 1, _ => 8 };

    /// <summary>The bits of arithmetic and conditional jumps.</summary>
    public int Bits => Class is 7 or 5 ? 64 : 32;

    /// <summary>The fields of a slot's 8 bytes.</summary>
    public static Fields Of(ReadOnlySpan<byte> slot) => new(
        slot[0], (byte)(slot[1] & 15), (byte)(slot[1] >> 4), BitConverter.ToInt16(slot[2..]), BitConverter.ToInt32(slot[4..]));
}
