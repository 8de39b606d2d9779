using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>The memory of native code on numbers: what <see cref="NativeMemory"/> says on terms, with the same grants.</summary>
internal sealed class ReplayMemory : IDataMemory<Word>
{
    private readonly uint machineStart;
    private readonly uint stackEnd;
    private readonly uint framesStart;
    private readonly NativeMemory symbolic;
    private readonly bool hasRoom;

    /// <summary>A memory with the values of an assignment.</summary>
    /// <param name="memory">What is in it, on terms, before anything was written.</param>
    /// <param name="pieces">The regions: where they are on the device, their bytes, and what may be done with them.</param>
    /// <param name="values">The values.</param>
    public ReplayMemory(NativeMemory memory, IReadOnlyList<Piece> pieces, Assignment values)
    {
        machineStart = (uint)values.Evaluate(Unknowns.Machine);
        stackEnd = (uint)values.Evaluate(Unknowns.CallerStack);
        framesStart = (uint)values.Evaluate(Unknowns.Frames);
        symbolic = memory;
        hasRoom = memory.Depth + 1 < (long)values.Evaluate(Unknowns.FrameLimit);
        Frames = memory.Frames.ToDictionary(word => word.Key, word => (uint)values.Evaluate(word.Value));
        Machine = memory.Machine.ToDictionary(word => word.Key, word => (uint)values.Evaluate(word.Value));
        Stack = memory.Stack.ToDictionary(word => word.Key, word => (uint)values.Evaluate(word.Value));
        Pieces = pieces;
    }

    /// <summary>A region on the device.</summary>
    /// <param name="Start">Where the program sees it.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="Before">Its bytes at the beginning.</param>
    /// <param name="IsReadable">Whether it may be read.</param>
    /// <param name="IsWritable">Whether it may be written.</param>
    public sealed record Piece(uint Start, uint Address, Sequence<byte> Before, bool IsReadable, bool IsWritable)
    {
        /// <summary>Its bytes.</summary>
        public byte[] Bytes { get; } = [.. Before];
    }

    /// <summary>The words of the frames of local calls, by their offsets.</summary>
    public Dictionary<int, uint> Frames { get; }

    /// <summary>The words of the machine's state, by their offsets.</summary>
    public Dictionary<int, uint> Machine { get; }

    /// <summary>The words below the caller's stack pointer, by their offsets.</summary>
    public Dictionary<int, uint> Stack { get; }

    /// <summary>The regions.</summary>
    public IReadOnlyList<Piece> Pieces { get; }

    public Truth<Word> Grants(Word address, Width width, bool isWrite)
    {
        var at = (uint)address.Value;
        return Truth<Word>.Of(
            InMachine(at) is { } inMachine ? width == Width.Bits32
                && (isWrite ? NativeMemory.IsWritable(inMachine) : Machine.ContainsKey(inMachine))
            : InStack(at) is { } inStack ? width == Width.Bits32
                && (isWrite ? NativeMemory.IsWritableStack(inStack) : Stack.ContainsKey(inStack))
            : InFrames(at) is { } inFrames ? width == Width.Bits32
                && (isWrite ? hasRoom && NativeMemory.IsNext(symbolic.Depth, inFrames) : Frames.ContainsKey(inFrames))
            : Find(at, width, isWrite) is not null);
    }

    public Word Read(Word address, Width width)
    {
        var at = (uint)address.Value;
        if (InMachine(at) is { } inMachine) return Word.Wrap(Machine.GetValueOrDefault(inMachine), width);
        if (InStack(at) is { } inStack) return Word.Wrap(Stack.GetValueOrDefault(inStack), width);
        if (InFrames(at) is { } inFrames) return Word.Wrap(Frames.GetValueOrDefault(inFrames), width);
        var value = 0UL;
        if (Find(at, width, isWrite: false) is var (bytes, offset))
            for (var i = 0; i < width.Bytes; i++) value |= (ulong)bytes[offset + i] << (8 * i);
        return Word.Wrap(value, width);
    }

    // It changes in place: a concrete run looks back at no earlier memory.
    public IDataMemory<Word> Write(Word address, Word value, Truth<Word> when)
    {
        if (!when.Value) return this;
        var at = (uint)address.Value;
        if (InMachine(at) is { } inMachine) Machine[inMachine] = (uint)value.Value;
        else if (InStack(at) is { } inStack) Stack[inStack] = (uint)value.Value;
        else if (InFrames(at) is { } inFrames) Frames[inFrames] = (uint)value.Value;
        else if (Find(at, value.Width, isWrite: true) is var (bytes, offset))
            for (var i = 0; i < value.Width.Bytes; i++) bytes[offset + i] = (byte)(value.Value >> (8 * i));
        return this;
    }

    private int? InMachine(uint address) => address - machineStart is < Native.NativeLayout.Size and var offset ? (int)offset : null;

    private int? InStack(uint address) => stackEnd - address is > 0 and <= NativeMemory.StackLimit and var below ? -(int)below : null;

    private int? InFrames(uint address) =>
        address - framesStart is var offset && offset < symbolic.Profile.FrameLimit * Native.NativeLayout.FrameSize ? (int)offset : null;

    private (byte[] Bytes, int Offset)? Find(uint address, Width width, bool isWrite)
    {
        foreach (var piece in Pieces)
        {
            var offset = unchecked(address - piece.Address);
            var isGranted = isWrite ? piece.IsWritable : piece.IsReadable;
            if (isGranted && offset < piece.Bytes.Length && offset + width.Bytes <= piece.Bytes.Length) return (piece.Bytes, (int)offset);
        }

        return null;
    }
}
