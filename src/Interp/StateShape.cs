using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Interp;

/// <summary>Checks the shape of a state that the fast machine relies on.</summary>
/// <remarks>It is true of what <see cref="Start"/> makes, and of every state that steps lead to from there.</remarks>
internal static class StateShape
{
    // r6 to r10.
    private const int SavedRegisters = 5;

    /// <summary>The first thing that is not so; null if all is.</summary>
    /// <param name="state">The state.</param>
    /// <param name="profile">The profile, which has no problems.</param>
    public static string? Problem(State<Word> state, Profile profile)
    {
        if (MissingPart(state) is { } part) return $"the state has no {part}";
        var memory = state.Memory;
        var depth = state.Frames.Count;
        var lasting = memory.Regions.Count - depth;
        var frameBytes = (ulong)profile.FrameBytes;
        if (state.ProgramCounter.Width.Bits is not 64) return "the program counter is not 64 bits wide";
        if (memory.Stack.FrameBytes.Value != frameBytes)
        {
            return $"the stack has frames of {memory.Stack.FrameBytes.Value} bytes; "
                + $"those of the profile '{profile.Name}' have {frameBytes}";
        }

        if (depth > 0 && depth >= profile.FrameLimit)
        {
            var most = Math.Max(profile.FrameLimit - 1, 0);
            return $"{depth} local calls have not returned; the profile '{profile.Name}' lets {most} nest";
        }

        foreach (var region in memory.Regions)
        {
            if (region.Start.Width.Bits is not 64 || region.Length.Width.Bits is not 64)
                return $"the start or the length of region '{region.Name}' is not 64 bits wide";
            if (region.Bytes is not ByteTree) return $"the bytes of region '{region.Name}' are no {nameof(ByteTree)}";
        }

        return Region.Problems(memory.Regions) is { IsEmpty: false } problems ? problems[0]
            : FramesProblem(state, lasting, frameBytes)
            ?? StackProblem(state, lasting, profile)
            ?? HostProblem(state.Host);
    }

    /// <summary>The address of the frame of a depth; that of the entry is 0.</summary>
    public static ulong FrameStart(State<Word> state, int depth)
    {
        var stack = state.Memory.Stack;
        return unchecked(stack.Start.Value + (((ulong)state.Frames.Count - (ulong)depth) * stack.FrameBytes.Value));
    }

    /// <summary>The place of the entry's frame among the regions; -1 if it is not there.</summary>
    public static int EntryFrame(State<Word> state)
    {
        for (var i = 0; i < state.Memory.Regions.Count - state.Frames.Count; i++)
        {
            if (IsFrame(state, i, 0)) return i;
        }

        return -1;
    }

    private static string? MissingPart(State<Word> state)
    {
        if (state.Registers is null) return "registers";
        if (state.Memory?.Stack is null) return "memory with a stack";
        if (state.Budget?.Branches is null || state.Budget.Instructions is null) return "budget of branches and instructions";
        if (state.Host?.Platform is null) return "host with a platform";
        foreach (var region in state.Memory.Regions)
        {
            if (region is null) return "region in a place among its regions";
        }

        foreach (var frame in state.Frames)
        {
            if (frame is null) return "frame in a place among its frames";
        }

        return null;
    }

    private static string? FramesProblem(State<Word> state, int lasting, ulong frameBytes)
    {
        if (EntryFrame(state) < 0)
            return $"no region is the entry's stack frame: {frameBytes} bytes, readable and writable, at 0x{FrameStart(state, 0):x}";
        for (var i = 0; i < state.Frames.Count; i++)
        {
            if (!IsFrame(state, lasting + i, i + 1))
            {
                return $"region '{state.Memory.Regions[lasting + i].Name}' is not the stack frame of local call {i + 1}: "
                    + $"{frameBytes} bytes, readable and writable, at 0x{FrameStart(state, i + 1):x}";
            }

            if (state.Frames[i].Saved.Count != SavedRegisters)
                return $"local call {i + 1} keeps {state.Frames[i].Saved.Count} registers; a call keeps r6 to r10";
        }

        return null;
    }

    // The frames of calls to come must have room, too.
    private static string? StackProblem(State<Word> state, int lasting, Profile profile)
    {
        var room = (ulong)Math.Max(profile.FrameLimit - 1, 0) * (ulong)profile.FrameBytes;
        var entry = FrameStart(state, 0);
        if (room > entry) return $"{profile.FrameLimit} frames do not fit below 0x{entry:x}";
        var frames = new AddressRange("stack frames", entry - room, room);
        for (var i = 0; i < lasting; i++)
        {
            var region = Region.RangeOf(state.Memory.Regions[i]);
            if (region.Overlaps(frames)) return $"region '{region.Name}' at 0x{region.Start:x} is in the way of {frames.Name}";
        }

        return null;
    }

    private static string? HostProblem(HostState<Word> host)
    {
        foreach (var helper in (Sequence<HelperFunction<Word>>)[.. host.Helpers, .. host.BtfFunctions])
        {
            if (helper?.Declaration is null || helper.Body is null) return "a helper has no declaration or no body";
            if (helper.Declaration.Problems() is { IsEmpty: false } problems) return problems[0];
        }

        return null;
    }

    private static bool IsFrame(State<Word> state, int index, int depth)
    {
        var region = state.Memory.Regions[index];
        return region.Start.Value == FrameStart(state, depth)
            && region.Length.Value == state.Memory.Stack.FrameBytes.Value
            && region.Readable.Value
            && region.Writable.Value;
    }
}
