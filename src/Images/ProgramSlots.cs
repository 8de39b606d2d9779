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

    private const byte Exit = 0x95;
    private const byte LongJump = 0x06;
    private const byte ClassBits = 0x07;
    private const byte JumpClass = 0x05;
    private const byte Jump32Class = 0x06;
    private const byte AlwaysCode = 0x0;
    private const byte CallCode = 0x8;
    private const byte ExitCode = 0x9;
    private const int OffsetOffset = 2;
    private const int ImmediateOffset = 4;

    /// <summary>The opcode of a slot.</summary>
    public static byte Opcode(ReadOnlySpan<byte> program, int slot) => program[slot * Size];

    /// <summary>The number of a slot's source register.</summary>
    public static byte SourceRegister(ReadOnlySpan<byte> program, int slot) => (byte)(program[(slot * Size) + 1] >> 4);

    /// <summary>The offset of a slot.</summary>
    public static short Offset(ReadOnlySpan<byte> program, int slot) =>
        BinaryPrimitives.ReadInt16LittleEndian(program[((slot * Size) + OffsetOffset)..]);

    /// <summary>Whether a local call stands at a slot.</summary>
    public static bool IsLocalCall(ReadOnlySpan<byte> program, int slot) =>
        Opcode(program, slot) is Call && SourceRegister(program, slot) is LocalCall;

    /// <summary>Makes the local call at a slot a call of a helper (RFC 9669 §4.3.1).</summary>
    public static void PutHelper(Span<byte> program, int slot, uint id)
    {
        program[(slot * Size) + 1] &= 0x0f;
        PutImmediate(program, slot, unchecked((int)id));
    }

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
    /// For each slot whether an instruction starts there: not at the second slots of wide instructions.
    /// </summary>
    /// <param name="program">The program, in whole slots.</param>
    /// <param name="wideOpcodes">The opcodes of instructions that take two slots.</param>
    public static bool[] Starts(ReadOnlySpan<byte> program, ReadOnlySpan<byte> wideOpcodes)
    {
        var starts = new bool[program.Length / Size];
        for (var slot = 0; slot < starts.Length; slot++)
        {
            starts[slot] = true;
            if (wideOpcodes.Contains(Opcode(program, slot))) slot++;
        }

        return starts;
    }

    /// <summary>Whether execution never goes on behind an instruction: it ends the function, or jumps always.</summary>
    public static bool IsLast(byte opcode) => opcode is Exit || IsJump(opcode) && opcode >> 4 is AlwaysCode;

    /// <summary>The slot that the jump at a slot leads to, which may be none of the program; null for anything else.</summary>
    public static long? JumpTarget(ReadOnlySpan<byte> program, int slot)
    {
        var opcode = Opcode(program, slot);
        if (!IsJump(opcode)) return null;
        return slot + 1L + (opcode is LongJump ? Immediate(program, slot) : Offset(program, slot));
    }

    private static bool IsJump(byte opcode) => (opcode & ClassBits) is JumpClass or Jump32Class
        && opcode >> 4 is not (CallCode or ExitCode);
}
