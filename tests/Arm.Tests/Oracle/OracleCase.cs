using System.Buffers.Binary;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Arm.Text;

namespace RbpfSpec.Arm.Tests.Oracle;

/// <summary>One instruction, a state to execute it in, and what our machine says becomes of it.</summary>
/// <remarks>
/// The emulator enters and leaves the test by exceptions. Their frames, eight words below the stack pointer, are part of
/// the memory that is compared, and hold the registers that the record itself does not.
/// </remarks>
internal sealed class OracleCase
{
    /// <summary>The address of the 256 bytes that loads and stores are in.</summary>
    public const uint Window = 0x21d00000;

    /// <summary>The address where the code area begins, all SVC but for the instruction.</summary>
    public const uint Code = 0x21e00000;

    /// <summary>The number of bytes of the code area.</summary>
    public const int CodeLength = 0x40000;

    /// <summary>The address of the instruction.</summary>
    public const uint At = Code + 0x10000;

    /// <summary>The number of bytes of a record, as the emulator reads and writes it.</summary>
    public const int RecordLength = 44 + 4 + WindowLength;

    /// <summary>The number of bytes of the window.</summary>
    public const int WindowLength = 256;

    private const int FrameLength = 32;
    private const int SupervisorCallNumber = 11;
    private const int UsageFaultNumber = 6;

    private static readonly ByteTree Landing =
        ByteTree.Of([.. Enumerable.Range(0, CodeLength).Select(index => (byte)(index % 2 == 0 ? 0 : 0xdf))]);

    private OracleCase(Instruction instruction, ArmState<Word> before, byte[] record, byte[] expected, bool isStateKnown) =>
        (Instruction, Before, Record, Expected, IsStateKnown) = (instruction, before, record, expected, isStateKnown);

    /// <summary>The instruction.</summary>
    public Instruction Instruction { get; }

    /// <summary>The state before it.</summary>
    public ArmState<Word> Before { get; }

    /// <summary>The record for the emulator.</summary>
    public byte[] Record { get; }

    /// <summary>The record that the emulator should write.</summary>
    public byte[] Expected { get; }

    /// <summary>
    /// Whether the state after a fault is ours to say: a branch to an address without Thumb code faults there, after it,
    /// and that nothing is executed there is all that we say.
    /// </summary>
    public bool IsStateKnown { get; }

    /// <summary>The case of an instruction in a state; null where it leaves the window or the code area.</summary>
    public static OracleCase? Of(Instruction instruction, Sequence<ushort> halfwords, ArmState<Word> state, byte[] window)
    {
        var code = Landing.Write(Word.Of(At - Code), Word.Wrap(halfwords[0], Width.Bits16), Truth<Word>.Of(true));
        if (halfwords.Count == 2) code = code.Write(Word.Of(At + 2 - Code), Word.Wrap(halfwords[1], Width.Bits16), Truth<Word>.Of(true));
        var entered = (byte[])window.Clone();
        WriteFrame(entered, state, At);
        state = state with { Memory = new MappedMemory([new(Window, ByteTree.Of(entered), true), new(Code, (ByteTree)code, false)]) };

        ArmState<Word> after;
        uint address;
        Fault? fault = null;
        switch (ArmMachine.Step(state, At, instruction, 2 * halfwords.Count))
        {
            case ArmOutcome.Next next:
                (after, address) = Landed(next);
                break;
            case ArmOutcome.Faulted faulted:
                (after, address, fault) = (state, At, faulted.Fault);
                break;
            default:
                return null;
        }

        if (fault is Fault.Access or Fault.Unpredictable) return null;
        var stack = (uint)after.Registers[ArmState<Word>.StackPointer].Value;
        if (stack < Window + FrameLength + 8 || stack > Window + WindowLength) return null;
        if (fault is null && (address < Code || address >= Code + CodeLength - 4 || IsInside(address, halfwords.Count))) return null;

        var left = ((MappedMemory)after.Memory).Blocks[0].Bytes.ToArray();
        WriteFrame(left, after, address);
        return new(
            instruction,
            state,
            Bytes(state, halfwords, exception: 0, status: 0, entered),
            Bytes(after, halfwords, fault is null ? SupervisorCallNumber : UsageFaultNumber, Status(fault), left),
            fault is not Fault.InvalidState);
    }

    /// <summary>The difference between the record that the emulator wrote and ours; null if there is none.</summary>
    public string? Difference(ReadOnlySpan<byte> found)
    {
        if (IsStateKnown ? found.SequenceEqual(Expected) : found[36] != SupervisorCallNumber) return null;
        var text = $"{Disassembler.Text(Instruction, At, Before.It)} ({Instruction})\n  before: {Text(Record)}\n";
        return $"{text}  ours:   {Text(Expected)}\n  QEMU's: {Text(found)}";
    }

    // Where the instruction is an IT, the SVC behind it is in its block.
    private static (ArmState<Word> State, uint Address) Landed(ArmOutcome.Next next)
    {
        var (state, address) = (next.State, next.Address);
        while (state.It.IsInBlock && !state.It.Condition.Holds(state.Flags).Value)
            (state, address) = (state with { It = state.It.Advanced }, address + 2);
        return (state with { It = state.It.Advanced }, address + 2);
    }

    private static bool IsInside(uint landed, int halfwords) => landed - 2 >= At && landed - 2 < At + (2 * (uint)halfwords);

    private static uint FrameOf(ArmState<Word> state) => ((uint)state.Registers[13].Value - FrameLength) & ~7U;

    private static void WriteFrame(byte[] window, ArmState<Word> state, uint address)
    {
        var at = window.AsSpan((int)(FrameOf(state) - Window));
        int[] registers = [0, 1, 2, 3, 12, 14];
        for (var i = 0; i < registers.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(at[(4 * i)..], (uint)state.Registers[registers[i]].Value);
        BinaryPrimitives.WriteUInt32LittleEndian(at[24..], address);
        BinaryPrimitives.WriteUInt32LittleEndian(at[28..], Status(state));
    }

    private static uint Status(ArmState<Word> state)
    {
        var isPadded = state.Registers[13].Value % 8 == 4;
        var it = (uint)state.It.Bits;
        return (Bit(state.Flags.Negative) << 31) | (Bit(state.Flags.Zero) << 30) | (Bit(state.Flags.Carry) << 29)
            | (Bit(state.Flags.Overflow) << 28) | ((it & 3) << 25) | (1U << 24) | ((it >> 2) << 10) | (isPadded ? 1U << 9 : 0);
    }

    private static uint Bit(Truth<Word> flag) => flag.Value ? 1U : 0;

    private static uint Status(Fault? fault) => fault switch
    {
        null => 0,
        Fault.Unaligned => 1U << 24,
        Fault.InvalidState => 1U << 17,
        Fault.Undefined => 1U << 16,
        _ => throw new InvalidOperationException($"{fault} is not for the emulator"),
    };

    private static byte[] Bytes(ArmState<Word> state, Sequence<ushort> halfwords, int exception, uint status, byte[] window)
    {
        var record = new byte[RecordLength];
        for (var i = 0; i < 8; i++) BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4 * i), (uint)state.Registers[4 + i].Value);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(32), FrameOf(state));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(36), (uint)exception);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(40), status);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(44), halfwords[0]);
        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(46), halfwords.Count == 2 ? halfwords[1] : (ushort)0xdf00);
        window.CopyTo(record.AsSpan(48));
        return record;
    }

    private static string Text(ReadOnlySpan<byte> record)
    {
        var frame = BinaryPrimitives.ReadUInt32LittleEndian(record[32..]);
        var text = $"r4- {Words(record[..32])} frame {frame:x}: ";
        if (frame - Window <= WindowLength - FrameLength) text += Words(record.Slice(48 + (int)(frame - Window), FrameLength));
        return $"{text} exception {record[36]}, fault {Words(record[40..44])}, memory {Convert.ToHexString(record[48..])}";
    }

    private static string Words(ReadOnlySpan<byte> bytes)
    {
        var text = "";
        for (var i = 0; i < bytes.Length; i += 4) text += $"{BinaryPrimitives.ReadUInt32LittleEndian(bytes[i..]):x8} ";
        return text;
    }
}
