using System.Buffers.Binary;

namespace RbpfSpec.Images;

/// <summary>The fields of a program's slots that a loader reads and changes, by slot index.</summary>
/// <remarks>RFC 9669 §3: opcode, registers, 16-bit offset, 32-bit immediate, all little-endian here.</remarks>
internal static class ProgramSlots
{
    /// <summary>The bytes of a slot.</summary>
    public const int Size = 8;

    /// <summary>The opcode of LDDW, the standard's only instruction of two slots (RFC 9669 §5.4).</summary>
    public const byte LoadDoubleWord = 0x18;

    /// <summary>The opcode of CALL by immediate.</summary>
    public const byte Call = 0x85;

    /// <summary>The source register of a local call (RFC 9669 §4.3.2).</summary>
    public const byte LocalCall = 1;

    private const int ImmediateOffset = 4;

    /// <summary>The opcode of a slot.</summary>
    public static byte Opcode(ReadOnlySpan<byte> program, int slot) => program[slot * Size];

    /// <summary>The number of a slot's source register.</summary>
    public static byte SourceRegister(ReadOnlySpan<byte> program, int slot) => (byte)(program[(slot * Size) + 1] >> 4);

    /// <summary>The immediate of a slot.</summary>
    public static int Immediate(ReadOnlySpan<byte> program, int slot) =>
        BinaryPrimitives.ReadInt32LittleEndian(program[((slot * Size) + ImmediateOffset)..]);

    /// <summary>Replaces the immediate of a slot.</summary>
    public static void PutImmediate(Span<byte> program, int slot, int immediate) =>
        BinaryPrimitives.WriteInt32LittleEndian(program[((slot * Size) + ImmediateOffset)..], immediate);

    /// <summary>
    /// Replaces the 64-bit immediate of a wide instruction: low half in its first slot, high half in its second.
    /// </summary>
    public static void PutAddress(Span<byte> program, int slot, ulong address)
    {
        PutImmediate(program, slot, unchecked((int)address));
        PutImmediate(program, slot + 1, unchecked((int)(address >> 32)));
    }

    /// <summary>The opcode and the fields of a slot as hexadecimal bytes, for problems.</summary>
    public static string Describe(ReadOnlySpan<byte> program, int slot) =>
        Convert.ToHexStringLower(program.Slice(slot * Size, Size));

    /// <summary>
    /// The slots at which an instruction starts, ascending: all but the second slots of wide instructions.
    /// </summary>
    /// <param name="program">The program, in whole slots.</param>
    /// <param name="wideOpcodes">The opcodes of instructions that take two slots.</param>
    public static List<int> Starts(ReadOnlySpan<byte> program, ReadOnlySpan<byte> wideOpcodes)
    {
        var starts = new List<int>();
        for (var slot = 0; slot < program.Length / Size; slot++)
        {
            starts.Add(slot);
            if (wideOpcodes.Contains(Opcode(program, slot))) slot++;
        }

        return starts;
    }
}
