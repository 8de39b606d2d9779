using System.Buffers.Binary;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Running;

/// <summary>
/// A state of the reference machine as it lies in the memory of a device, and back: the state of the machine as
/// <see cref="NativeLayout"/> says, and behind it the bytes of all regions.
/// </summary>
public static class NativeImage
{
    private const int Alignment = 8;

    /// <summary>The bytes of a state that lies at an address.</summary>
    /// <param name="state">The state; its registers, budget, program counter and regions are what counts.</param>
    /// <param name="windows">Which regions the windows show.</param>
    /// <param name="address">Where it lies, a multiple of eight.</param>
    public static byte[] Pack(State<Word> state, NativeWindows windows, uint address)
    {
        var regions = state.Memory.Regions;
        var (offsets, size) = Places(regions);
        var bytes = new byte[size];
        for (var register = 0; register < Registers<Word>.Count; register++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(
                bytes.AsSpan(NativeLayout.OfRegister(register)), state.Registers[register].Value);
        }

        Write(NativeLayout.ProgramCounter, state.ProgramCounter.Value);
        if (state.Budget.Branches is Allowance<Word>.Remaining(var count)) Write(NativeLayout.Branches, count.Value);
        Write(NativeLayout.StackStart, state.Memory.Stack.Start.Value);
        for (var i = 0; i < regions.Count; i++)
        {
            var at = address + (uint)offsets[i];
            if (regions[i].Start == state.Memory.Stack.Start) Write(NativeLayout.StackBytes, at);
            if (windows.Readable == i) Window(NativeLayout.Readable, regions[i], at);
            if (windows.Writable == i) Window(NativeLayout.Writable, regions[i], at);
            BytesOf(regions[i]).CopyTo(bytes, offsets[i]);
        }

        return bytes;

        void Write(int offset, ulong value) =>
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(offset), checked((uint)value));

        void Window(int offset, Region<Word> region, uint at)
        {
            var length = region.Length.Value;
            foreach (var width in (int[])[1, 2, 4, 8])
                Write(offset + NativeLayout.LimitOf(width), length < (ulong)width ? 0 : length - (ulong)width + 1);
            Write(offset + NativeLayout.Start, region.Start.Value);
            Write(offset + NativeLayout.StartAgain, region.Start.Value);
            Write(offset + NativeLayout.Bytes, at);
        }
    }

    /// <summary>The state that bytes hold, of a run that was in another state when they were packed.</summary>
    public static State<Word> Unpack(ReadOnlySpan<byte> bytes, State<Word> before)
    {
        var registers = before.Registers;
        for (var register = 0; register < Registers<Word>.Count; register++)
        {
            registers = registers.With(
                register, Word.Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes[NativeLayout.OfRegister(register)..])));
        }

        var regions = before.Memory.Regions;
        var (offsets, _) = Places(regions);
        var after = new Region<Word>[regions.Count];
        for (var i = 0; i < after.Length; i++)
            after[i] = regions[i] with { Bytes = ByteTree.Of(bytes.Slice(offsets[i], (int)regions[i].Length.Value)) };
        var branches = before.Budget.Branches is Allowance<Word>.Remaining
            ? new Allowance<Word>.Remaining(Word.Of(BinaryPrimitives.ReadUInt32LittleEndian(bytes[NativeLayout.Branches..])))
            : before.Budget.Branches;
        return before with
        {
            Registers = registers,
            ProgramCounter = Word.Of(BinaryPrimitives.ReadUInt32LittleEndian(bytes[NativeLayout.ProgramCounter..])),
            Memory = before.Memory.WithRegions(after.ToSequence()),
            Budget = before.Budget with { Branches = branches },
        };
    }

    private static byte[] BytesOf(Region<Word> region) => ((ByteTree)region.Bytes).ToArray();

    private static (int[] Offsets, int Size) Places(Sequence<Region<Word>> regions)
    {
        var offsets = new int[regions.Count];
        var size = NativeLayout.Size;
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = size;
            size += ((int)regions[i].Length.Value + Alignment - 1) / Alignment * Alignment;
        }

        return (offsets, size);
    }
}
