using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>
/// The memory of native code, in three objects that do not overlap: the state of the machine, its own stack, and the bytes of
/// the regions. An address is said by what it is counted from; one that is counted from nothing known grants nothing.
/// </summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Machine">The words of the machine's state, by their offsets.</param>
/// <param name="Stack">The words below the caller's stack pointer, by their offsets.</param>
/// <param name="Bytes">The bytes of the regions.</param>
internal sealed record NativeMemory(
    Profile Profile, ImmutableDictionary<int, Term> Machine, ImmutableDictionary<int, Term> Stack, GuestBytes Bytes)
    : IDataMemory<TermWord>
{
    /// <summary>The most bytes of stack that native code uses.</summary>
    public const int StackLimit = 64;

    /// <summary>Whether something was stored under a condition that is not known: nothing can be said then.</summary>
    public bool IsUnclear { get; init; }

    /// <summary>How many local calls are in progress, where that is asked: else their frames are out of reach.</summary>
    public int? Depth { get; init; }

    /// <summary>The words of the frames of local calls, by their offsets.</summary>
    public ImmutableDictionary<int, Term> Frames { get; init; } = ImmutableDictionary<int, Term>.Empty;

    public Truth<TermWord> Grants(TermWord address, Width width, bool isWrite)
    {
        var sum = LinearSum.Of(address.Term);
        if (sum.OffsetFrom(Unknowns.Machine) is { } inMachine)
            return Of(width == Width.Bits32 && (isWrite ? IsWritable(inMachine) : Machine.ContainsKey(inMachine)));
        if (sum.OffsetFrom(Unknowns.CallerStack) is { } inStack)
        {
            return Of(width == Width.Bits32
                && (isWrite ? IsWritableStack(inStack) : Stack.ContainsKey(inStack)));
        }

        if (sum.OffsetFrom(Unknowns.Frames) is { } inFrames)
        {
            return isWrite
                ? Room(width == Width.Bits32 && IsNext(Depth, inFrames))
                : Of(width == Width.Bits32 && Frames.ContainsKey(inFrames));
        }

        foreach (var window in (WindowTerms[])[Unknowns.Readable, Unknowns.Writable])
        {
            if (!sum.Has(window.Bytes) || isWrite != ReferenceEquals(window, Unknowns.Writable)) continue;
            return TermTruths.Of(window.Contains(sum.With(window.Bytes, Make.Constant(0UL, 32)), width.Bytes));
        }

        if (!sum.Has(Unknowns.StackBytes)) return Of(false);
        if (sum.OffsetFrom(Unknowns.StackBytes) is < 0 and var before)
            return Room(isWrite && before >= -Profile.FrameBytes && before + width.Bytes <= 0);
        var from = sum.With(Unknowns.StackBytes, Make.Constant(0UL, 32));
        return TermTruths.Of(!Make.Constant((ulong)(Profile.FrameBytes - width.Bytes), 32).Below(from));
    }

    public TermWord Read(TermWord address, Width width)
    {
        var sum = LinearSum.Of(address.Term);
        return new(sum.OffsetFrom(Unknowns.Machine) is { } inMachine ? Whole(Machine, inMachine, width)
            : sum.OffsetFrom(Unknowns.CallerStack) is { } inStack ? Whole(Stack, inStack, width)
            : sum.OffsetFrom(Unknowns.Frames) is { } inFrames ? Whole(Frames, inFrames, width)
            : AsSeen(sum) is { } seen ? Bytes.Read(seen, width.Bytes)
            : Make.Constant(0UL, width.Bits));
    }

    public IDataMemory<TermWord> Write(TermWord address, TermWord value, Truth<TermWord> when)
    {
        if (!when.IsKnown(out var holds)) return this with { IsUnclear = true };
        if (!holds) return this;
        var sum = LinearSum.Of(address.Term);
        if (sum.OffsetFrom(Unknowns.Machine) is { } inMachine)
            return value.Width == Width.Bits32 ? this with { Machine = Machine.SetItem(inMachine, value.Term) } : this;
        if (sum.OffsetFrom(Unknowns.CallerStack) is { } inStack)
            return value.Width == Width.Bits32 ? this with { Stack = Stack.SetItem(inStack, value.Term) } : this;
        if (sum.OffsetFrom(Unknowns.Frames) is { } inFrames)
            return value.Width == Width.Bits32 ? this with { Frames = Frames.SetItem(inFrames, value.Term) } : this;
        return AsSeen(sum) is { } seen ? this with { Bytes = Bytes.Write(seen, value.Term) } : this;
    }

    // If the device has a stack and a frame for one more call.
    private Truth<TermWord> Room(bool isIn) => isIn && Depth is { } depth ? TermTruths.Of(Calls.HasRoom(depth)) : Of(false);

    private static Truth<TermWord> Of(bool value) => Truth<TermWord>.Of(value);

    private static Term Whole(ImmutableDictionary<int, Term> words, int offset, Width width) =>
        width == Width.Bits32 && words.TryGetValue(offset, out var word) ? word : Make.Constant(0UL, width.Bits);

    /// <summary>Whether native code may write a word of its stack.</summary>
    /// <param name="offset">Counted from the caller's stack pointer.</param>
    public static bool IsWritableStack(int offset) => offset is >= -StackLimit and < 0 && offset % 4 == 0;

    /// <summary>Whether native code may write a word of the machine's state.</summary>
    /// <param name="offset">Where it is.</param>
    public static bool IsWritable(int offset) => offset % 4 == 0
        && (offset is (>= NativeLayout.Registers and < NativeLayout.Registers + 88) or NativeLayout.ProgramCounter or NativeLayout.Branches
            or NativeLayout.Depth or NativeLayout.StackStart or NativeLayout.StackBytes || Limits.Contains(offset));

    /// <summary>Whether a word is in the frame that one more call would take.</summary>
    public static bool IsNext(int? depth, int offset) =>
        offset % 4 == 0 && offset - (depth * NativeLayout.FrameSize) is >= 0 and < NativeLayout.FrameSize;

    /// <summary>The words of both windows that say how much they show.</summary>
    public static IReadOnlyList<int> Limits { get; } =
    [
        .. from window in (int[])[NativeLayout.Readable, NativeLayout.Writable]
           from bytes in (int[])[1, 2, 4, 8]
           select window + NativeLayout.LimitOf(bytes),
    ];

    // The address as the program sees it.
    private static Term? AsSeen(LinearSum sum)
    {
        foreach (var window in (WindowTerms[])[Unknowns.Readable, Unknowns.Writable])
        {
            if (sum.Has(window.Bytes)) return sum.With(window.Bytes, window.Start);
        }

        return sum.Has(Unknowns.StackBytes) ? sum.With(Unknowns.StackBytes, Unknowns.StackStart) : null;
    }
}
