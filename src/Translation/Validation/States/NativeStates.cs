using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation.States;

/// <summary>The states that native code begins in: when it is called, and at a cut.</summary>
internal static class NativeStates
{
    // With one more below them, so that the stack pointer stays a multiple of eight.
    private const int SavedBytes = 40;

    /// <summary>The registers that native code keeps for its caller, and where, from the caller's stack pointer.</summary>
    public static IReadOnlyList<(int Register, int Offset)> Saved { get; } =
        [.. Enumerable.Range(0, 9).Select(i => (i == 8 ? 14 : i + 4, (4 * i) + 4 - SavedBytes))];

    /// <summary>The stack pointer at a cut.</summary>
    public static Term OwnStack { get; } = (new TermWord(Unknowns.CallerStack) - Arithmetic<TermWord>.Constant(SavedBytes)).Term;

    /// <summary>The memory of a state.</summary>
    public static NativeMemory Memory(ArmState<TermWord> state) => (NativeMemory)state.Memory;

    /// <summary>The state of a call: the machine's state in r0, and where to begin in r1.</summary>
    public static ArmState<TermWord> AtCall(Profile profile, Certificate certificate, (Term Low, Term High)[] registers)
    {
        var values = new Term[15];
        for (var i = 0; i < values.Length; i++) values[i] = Unknowns.Caller(i);
        (values[0], values[1]) = (Unknowns.Machine, Unknowns.Target);
        values[ArmState<TermWord>.StackPointer] = Unknowns.CallerStack;
        return State(profile, values, Machine(registers, []), ImmutableDictionary<int, Term>.Empty);
    }

    /// <summary>The state at a cut.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="certificate">Where registers are.</param>
    /// <param name="registers">Both words of each register.</param>
    /// <param name="isLimited">Whether branches are counted.</param>
    /// <param name="depth">How many local calls are in progress, where that is asked.</param>
    public static ArmState<TermWord> AtCut(
        Profile profile, Certificate certificate, (Term Low, Term High)[] registers, bool isLimited, int? depth)
    {
        var values = new Term[15];
        for (var i = 0; i < values.Length; i++) values[i] = Make.Variable($"free.r{i}", 32);
        foreach (var place in certificate.Places)
            (values[place.Low], values[place.High]) = registers[place.Register];
        values[12] = Unknowns.Machine;
        values[ArmState<TermWord>.StackPointer] = OwnStack;
        if (isLimited) values[ArmState<TermWord>.Link] = Unknowns.Branches;
        var stack = Saved.ToImmutableDictionary(saved => saved.Offset, saved => Unknowns.Caller(saved.Register))
            .Add(-SavedBytes, Make.Variable("stale.stack", 32));
        var dirty = certificate.Places.Where(place => place.IsDirty).Select(place => place.Register).ToHashSet();
        var machine = Machine(registers, dirty);
        if (isLimited) machine = machine.SetItem(NativeLayout.Branches, Make.Variable("stale.branches", 32));
        if (depth is not { } count) return State(profile, values, machine, stack);
        machine = machine.SetItem(NativeLayout.Depth, Make.Constant((ulong)count, 32));
        var state = State(profile, values, machine, stack);
        var frames = count == 0 ? [] : Calls.Words(Calls.Frames(profile, count)[^1], count - 1);
        return state with
        {
            Memory = Memory(state) with { Depth = depth, Frames = frames.ToImmutableDictionary(word => word.Offset, word => word.Value) },
        };
    }

    private static ArmState<TermWord> State(
        Profile profile, Term[] values, ImmutableDictionary<int, Term> machine, ImmutableDictionary<int, Term> stack) => new(
            [.. values.Select(value => new TermWord(value))],
            new(Flag("n"), Flag("z"), Flag("c"), Flag("v")),
            new NativeMemory(profile, machine, stack, GuestBytes.Unknown));

    private static Truth<TermWord> Flag(string name) => TermTruths.Of(Make.Variable($"flag.{name}", Sort.Truth));

    // The words that native code may read; a register whose value is elsewhere has any value here.
    private static ImmutableDictionary<int, Term> Machine((Term Low, Term High)[] registers, HashSet<int> dirty)
    {
        var words = ImmutableDictionary.CreateBuilder<int, Term>();
        for (var i = 0; i < registers.Length; i++)
        {
            words[NativeLayout.OfRegister(i)] = dirty.Contains(i) ? Make.Variable($"stale.r{i}.low", 32) : registers[i].Low;
            words[NativeLayout.OfRegister(i) + 4] = dirty.Contains(i) ? Make.Variable($"stale.r{i}.high", 32) : registers[i].High;
        }

        words[NativeLayout.ProgramCounter] = Make.Variable("stale.pc", 32);
        words[NativeLayout.Branches] = Unknowns.Branches;
        words[NativeLayout.Frames] = Unknowns.Frames;
        words[NativeLayout.Depth] = Unknowns.Depth;
        words[NativeLayout.Divide] = Unknowns.Divide;
        words[NativeLayout.FrameLimit] = Unknowns.FrameLimit;
        words[NativeLayout.StackStart] = Unknowns.StackStart;
        words[NativeLayout.StackBytes] = Unknowns.StackBytes;
        foreach (var (window, at) in ((WindowTerms, int)[])
            [(Unknowns.Readable, NativeLayout.Readable), (Unknowns.Writable, NativeLayout.Writable)])
        {
            foreach (var bytes in (int[])[1, 2, 4, 8]) words[at + NativeLayout.LimitOf(bytes)] = window.Limit(bytes);
            words[at + NativeLayout.Start] = window.Start;
            words[at + NativeLayout.StartAgain] = window.Start;
            words[at + NativeLayout.Bytes] = window.Bytes;
        }

        return words.ToImmutable();
    }
}
