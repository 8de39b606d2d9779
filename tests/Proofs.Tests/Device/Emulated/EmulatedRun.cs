using System.Buffers.Binary;
using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Proofs.Device.Functions;
using RbpfSpec.Proofs.Device.Runs;
using RbpfSpec.Thumb.Code;
using static RbpfSpec.Arm.Instructions.Instruction;

namespace RbpfSpec.Proofs.Tests.Device.Emulated;

/// <summary>A run of an experiment on the emulator: what it is given, and what became of it.</summary>
internal sealed class EmulatedRun
{
    private const int SupervisorCall = 11;
    private const uint Trampoline = 0xc100;
    private const uint StackTop = 0x2101_0000;
    private const int StackBytes = 256;
    private const int StateBytes = 8 + (11 * 4) + (8 * 4);
    private const int FrameBytes = 32;

    private static readonly byte[] Svc = [0, 0xdf];

    private readonly Experiment experiment;
    private readonly List<(uint Address, byte[] Bytes)> writes = [];
    private readonly List<(uint Address, byte[] Bytes)> reads = [];

    /// <summary>The run of some code in an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="code">The code of the build, or the mutant.</param>
    public EmulatedRun(Experiment experiment, ThumbCode code)
    {
        this.experiment = experiment;
        writes.AddRange(Spans(experiment.Bytes));
        for (var i = 0; i < code.Bytes.Count; i++)
        {
            if (code.Bytes[i] != experiment.Code.Bytes[i]) writes.Add((code.Start + (uint)i, [code.Bytes[i]]));
        }

        writes.AddRange(experiment.Ends.Select(end => (end, Svc)));
        if (IsEntered) writes.Add((Trampoline, Entering(code)));
        if (experiment.Helper is { } helper) writes.Add((HelperCalled.Address, Helping(helper)));
        HashSet<uint> seen = [.. experiment.Bytes.Keys];
        foreach (var run in new[] { experiment.Expected, experiment.Mutated }) seen.UnionWith(((FlatMemory)run.State.Memory).Bytes.Keys);
        reads.AddRange(Spans(seen.Where(address => !IsOnStack(address)).ToDictionary(key => key, _ => (byte)0)));
        reads.Add((StackTop - StackBytes, new byte[StackBytes]));
    }

    /// <summary>Where it ended, or minus the number of the exception that ended it.</summary>
    public long End { get; private set; }

    /// <summary>R0 to R12 and SP at its end.</summary>
    public uint[] Registers { get; private set; } = [];

    /// <summary>
    /// Whether the emulator can run it: memory is where it has some, and the instruction at which it begins, if it ends there, too, is
    /// not the one that is changed.
    /// </summary>
    public static bool IsPossible(Experiment experiment) =>
        experiment.Bytes.Keys.Concat(((FlatMemory)experiment.Expected.State.Memory).Bytes.Keys)
            .Concat(((FlatMemory)experiment.Mutated.State.Memory).Bytes.Keys)
            .All(address => address is >= 0x2100_0000 and < 0x21c0_0000)
        && (uint)experiment.Mutated.State.Registers[ArmState<Word>.StackPointer].Value
            is > StackTop - StackBytes + FrameBytes and <= StackTop
        && (!experiment.Ends.Contains(experiment.Address)
            || experiment.Code.At(experiment.Address) == experiment.Changed.At(experiment.Address));

    /// <summary>The record for the emulator.</summary>
    public byte[] Record
    {
        get
        {
            var state = experiment.Begin;
            List<byte> record = [];
            Word((uint)writes.Count);
            Word((uint)reads.Count);
            for (var number = 4; number < 12; number++) Word((uint)state.Registers[number].Value);
            Word((uint)state.Registers[ArmState<Word>.StackPointer].Value - FrameBytes);
            Word(0);
            Word(0);
            foreach (var number in new[] { 0, 1, 2, 3, 12, ArmState<Word>.Link }) Word((uint)state.Registers[number].Value);
            Word(IsEntered ? Trampoline : experiment.Address);
            Word(0x0100_0000 | Bits(state.Flags));
            foreach (var (address, bytes) in writes.Concat(reads))
            {
                Word(address);
                Word((uint)bytes.Length);
                record.AddRange(bytes);
                record.AddRange(new byte[-bytes.Length & 3]);
            }

            return [.. record];

            void Word(uint value)
            {
                var bytes = new byte[4];
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
                record.AddRange(bytes);
            }
        }
    }

    /// <summary>Takes what the emulator wrote into the record.</summary>
    public void Read(ReadOnlySpan<byte> record)
    {
        var words = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(record[..StateBytes]);
        var (stack, exception) = (words[10], words[11]);
        var frame = words[13..];
        Registers = [.. frame[..4], .. words[2..10], frame[4], stack + FrameBytes + ((frame[7] >> 9 & 1) * 4)];
        End = exception == SupervisorCall ? frame[6] - 2 : -exception;
        var at = StateBytes + writes.Sum(write => 8 + ((write.Bytes.Length + 3) & ~3));
        foreach (var (_, bytes) in reads)
        {
            record.Slice(at + 8, bytes.Length).CopyTo(bytes);
            at += 8 + ((bytes.Length + 3) & ~3);
        }
    }

    /// <summary>In what it ended otherwise than another run, in what means something; null if in nothing.</summary>
    public string? Difference(EmulatedRun other)
    {
        if (End != other.End) return $"ended at {End:x}, not {other.End:x}";
        for (var number = 0; number < Registers.Length; number++)
        {
            if ((number == 13 || experiment.IsKept((uint)End, number)) && Registers[number] != other.Registers[number])
                return $"R{number} is {Registers[number]:x}, not {other.Registers[number]:x}";
        }

        foreach (var ((address, bytes), (_, others)) in reads.Zip(other.reads))
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                if (!IsGone(address + (uint)i) && bytes[i] != others[i])
                    return $"the byte at {address + (uint)i:x} is {bytes[i]:x}, not {others[i]:x}";
            }
        }

        return null;
    }

    /// <summary>In what it ended otherwise than the rules of ARM say; null if in nothing.</summary>
    public string? Difference(DeviceRun run)
    {
        if (End != run.Address) return $"ended at {End:x}, not {run.Address:x}";
        for (var number = 0; number < Registers.Length; number++)
        {
            if (Registers[number] != run.State.Registers[number].Value)
                return $"R{number} is {Registers[number]:x}, not {run.State.Registers[number].Value:x}";
        }

        var memory = ((FlatMemory)run.State.Memory).Bytes;
        foreach (var (address, bytes) in reads)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var place = address + (uint)i;
                if (!IsGone(place) && memory.TryGetValue(place, out var value) && value != bytes[i])
                    return $"the byte at {place:x} is {bytes[i]:x}, not {value:x}";
            }
        }

        return null;
    }

    private static bool IsOnStack(uint address) => address - (StackTop - StackBytes) < StackBytes;

    // Below SP there is nothing any more.
    private bool IsGone(uint address) => IsOnStack(address) && address < Registers[13];

    private bool IsEntered => experiment.Ends.Contains(experiment.Address);

    // The first instruction, and a load of the program counter with the place behind it.
    private byte[] Entering(ThumbCode code)
    {
        var length = ((Decoded.Allowed)code.At(experiment.Address)).Length;
        var start = (int)(experiment.Address - code.Start);
        var next = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(next, (experiment.Address + (uint)length) | 1);
        return
        [
            .. code.Bytes.AsSpan().Slice(start, length),
            .. length == 2 ? (ReadOnlySpan<byte>)[0, 0xbf] : [],
            0xdf, 0xf8, 0x00, 0xf0,
            .. next,
        ];
    }

    // A helper that leaves what the contract has it leave, and returns.
    private static byte[] Helping(HelperCalled helper)
    {
        List<ushort> code = [];
        if (helper.Result is { } result)
        {
            Load(1, helper.Machine);
            Load(2, (uint)result);
            Load(3, (uint)(result >> 32));
            Add(new TransferDouble(IsLoad: false, 2, 3, 1, 0));
        }

        Load(3, Bits(helper.Flags));
        code.AddRange([0xf383, 0x8800]); // msr APSR_nzcvq, r3
        foreach (var (number, value) in helper.Registers) Load(number, value);
        Add(new BranchExchange(IsLinked: false, ArmState<Word>.Link));
        return [.. code.SelectMany(BitConverter.GetBytes)];

        void Load(int register, uint value)
        {
            Add(new DataImmediate(DataOperation.Mov, FlagSetting.Kept, register, None, value & 0xffff) { Encoding = Encoding.T3 });
            Add(new MoveTop(register, value >> 16));
        }

        void Add(Instruction instruction) => code.AddRange(Encoder.Encode(instruction));
    }

    private static uint Bits(Flags<Word> flags) =>
        Bit(flags.Negative, 31) | Bit(flags.Zero, 30) | Bit(flags.Carry, 29) | Bit(flags.Overflow, 28);

    private static uint Bit(Truth<Word> flag, int index) => flag.Value ? 1U << index : 0;

    private static IEnumerable<(uint Address, byte[] Bytes)> Spans(IReadOnlyDictionary<uint, byte> bytes)
    {
        List<byte> span = [];
        var start = 0U;
        foreach (var (address, value) in bytes.OrderBy(pair => pair.Key))
        {
            if (span.Count > 0 && address != start + (uint)span.Count)
            {
                yield return (start, [.. span]);
                span.Clear();
            }

            if (span.Count == 0) start = address;
            span.Add(value);
        }

        if (span.Count > 0) yield return (start, [.. span]);
    }
}
