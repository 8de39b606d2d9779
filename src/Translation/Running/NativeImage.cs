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
    /// <param name="state">The state; its registers, budget, program counter, frames and regions are what counts.</param>
    /// <param name="windows">Which regions the windows show.</param>
    /// <param name="address">Where it lies, a multiple of eight.</param>
    /// <param name="frameLimit">How many functions can be active.</param>
    public static byte[] Pack(State<Word> state, NativeWindows windows, uint address, int frameLimit)
    {
        var places = new Places(state, frameLimit);
        var bytes = new byte[places.Size];
        for (var register = 0; register < Registers<Word>.Count; register++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(
                bytes.AsSpan(NativeLayout.OfRegister(register)), state.Registers[register].Value);
        }

        Write(NativeLayout.ProgramCounter, state.ProgramCounter.Value);
        if (state.Budget.Branches is Allowance<Word>.Remaining(var count)) Write(NativeLayout.Branches, count.Value);
        Write(NativeLayout.StackStart, state.Memory.Stack.Start.Value);
        Write(NativeLayout.StackBytes, address + (uint)places.OfFrame(state.Frames.Count));
        Write(NativeLayout.Divide, NativeProcessor.DivideAddress + 1);
        Write(NativeLayout.Frames, address + NativeLayout.Size);
        Write(NativeLayout.Depth, (ulong)state.Frames.Count);
        Write(NativeLayout.FrameLimit, (ulong)frameLimit);
        for (var i = 0; i < state.Frames.Count; i++)
        {
            var frame = Places.OfKept(i);
            for (var kept = 0; kept < state.Frames[i].Saved.Count; kept++)
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(frame + (8 * kept)), state.Frames[i].Saved[kept].Value);
            Write(frame + NativeLayout.ReturnTo, state.Frames[i].ReturnTo.Value - 1);
        }

        var regions = state.Memory.Regions;
        for (var i = 0; i < regions.Count; i++)
        {
            var at = places.Of(regions[i], i);
            if (windows.Readable == i) Window(NativeLayout.Readable, regions[i], address + (uint)at);
            if (windows.Writable == i) Window(NativeLayout.Writable, regions[i], address + (uint)at);
            BytesOf(regions[i]).CopyTo(bytes, at);
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
    /// <param name="bytes">The bytes.</param>
    /// <param name="before">That state.</param>
    /// <param name="frameLimit">How many functions can be active.</param>
    public static State<Word> Unpack(ReadOnlySpan<byte> bytes, State<Word> before, int frameLimit)
    {
        var registers = before.Registers;
        for (var register = 0; register < Registers<Word>.Count; register++)
        {
            registers = registers.With(
                register, Word.Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes[NativeLayout.OfRegister(register)..])));
        }

        var places = new Places(before, frameLimit);
        var depth = BinaryPrimitives.ReadInt32LittleEndian(bytes[NativeLayout.Depth..]);
        var memory = before.Memory;
        for (var i = before.Frames.Count; i > depth; i--) memory = memory.PopFrame();
        for (var i = before.Frames.Count; i < depth; i++) memory = memory.PushFrame();
        var frames = new Frame<Word>[depth];
        for (var i = 0; i < depth; i++)
        {
            var kept = new Word[5];
            for (var k = 0; k < kept.Length; k++)
                kept[k] = Word.Of(BinaryPrimitives.ReadUInt64LittleEndian(bytes[(Places.OfKept(i) + (8 * k))..]));
            frames[i] = new(
                Word.Of(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(Places.OfKept(i) + NativeLayout.ReturnTo)..]) + 1UL), [.. kept]);
        }

        var regions = memory.Regions;
        var after = new Region<Word>[regions.Count];
        for (var i = 0; i < after.Length; i++)
        {
            after[i] = regions[i] with
            {
                Bytes = ByteTree.Of(bytes.Slice(places.Of(regions[i], i), (int)regions[i].Length.Value)),
            };
        }

        var branches = before.Budget.Branches is Allowance<Word>.Remaining
            ? new Allowance<Word>.Remaining(Word.Of(BinaryPrimitives.ReadUInt32LittleEndian(bytes[NativeLayout.Branches..])))
            : before.Budget.Branches;
        return before with
        {
            Registers = registers,
            ProgramCounter = Word.Of(BinaryPrimitives.ReadUInt32LittleEndian(bytes[NativeLayout.ProgramCounter..])),
            Memory = memory.WithRegions(after.ToSequence()),
            Frames = frames.ToSequence(),
            Budget = before.Budget with { Branches = branches },
        };
    }

    /// <summary>Which regions the windows in bytes show, of those that they showed before: native code may close one.</summary>
    public static NativeWindows Windows(ReadOnlySpan<byte> bytes, NativeWindows before) => new(
        IsClosed(bytes[NativeLayout.Readable..]) ? null : before.Readable,
        IsClosed(bytes[NativeLayout.Writable..]) ? null : before.Writable);

    private static bool IsClosed(ReadOnlySpan<byte> window) => BinaryPrimitives.ReadUInt32LittleEndian(window[NativeLayout.Limit1..]) == 0;

    private static byte[] BytesOf(Region<Word> region) => ((ByteTree)region.Bytes).ToArray();

    /// <summary>Where everything is: the frames, the stacks of all functions, the last one first, and the other regions.</summary>
    private sealed class Places
    {
        private readonly int frameBytes;
        private readonly int frameLimit;
        private readonly ulong last;
        private readonly int[] offsets;

        public Places(State<Word> state, int frameLimit)
        {
            this.frameLimit = frameLimit;
            frameBytes = (int)state.Memory.Stack.FrameBytes.Value;

            // The stack of the function that would be called last.
            last = unchecked(state.Memory.Stack.Start.Value - (ulong)(frameBytes * (frameLimit - 1 - state.Frames.Count)));
            offsets = new int[state.Memory.Regions.Count];
            Size = OfFrame(-1);
            for (var i = 0; i < offsets.Length; i++)
            {
                var region = state.Memory.Regions[i];
                offsets[i] = Size;
                if (!IsFrame(region)) Size += ((int)region.Length.Value + Alignment - 1) / Alignment * Alignment;
            }
        }

        public int Size { get; }

        public static int OfKept(int index) => NativeLayout.Size + (index * NativeLayout.FrameSize);

        public int OfFrame(int depth) => OfKept(frameLimit - 1) + (frameBytes * (frameLimit - 1 - depth));

        public int Of(Region<Word> region, int index) =>
            IsFrame(region) ? OfFrame(frameLimit - 1) + (int)(region.Start.Value - last) : offsets[index];

        private bool IsFrame(Region<Word> region) => frameBytes > 0 && region.Length.Value == (ulong)frameBytes
            && unchecked(region.Start.Value - last) is var from && from < (ulong)(frameBytes * frameLimit) && from % (ulong)frameBytes == 0;
    }
}
