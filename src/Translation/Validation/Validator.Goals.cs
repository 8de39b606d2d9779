using RbpfSpec.Arm.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

public sealed partial class Validator
{
    private static bool MayBe(RuleState state, int slot) => !Counts(state, slot).IsFalse;

    private static Term Counts(RuleState state, int slot) => state.ProgramCounter.EqualTo((ulong)slot);

    // What holds at every cut: registers where the certificate says, and nothing else changed.
    private IEnumerable<Term> AtCut(NativePath path, RuleState rules, Sequence<int> zeroHigh)
    {
        var (state, memory) = (path.State, NativeStates.Memory(path.State));
        for (var register = 0; register < rules.Registers.Count; register++)
        {
            var (low, high) = rules.Registers[register];
            var place = Find(register);
            if (zeroHigh.Contains(register)) yield return high.EqualTo(0);
            if (place is not null)
            {
                yield return Register(state, place.Low).EqualTo(low);
                yield return Register(state, place.High).EqualTo(high);
            }

            if (place is { IsDirty: true }) continue;
            yield return memory.Machine[NativeLayout.OfRegister(register)].EqualTo(low);
            yield return memory.Machine[NativeLayout.OfRegister(register) + 4].EqualTo(high);
        }

        yield return Register(state, 12).EqualTo(Unknowns.Machine);
        yield return Register(state, ArmState<TermWord>.StackPointer).EqualTo(NativeStates.OwnStack);
        foreach (var (register, offset) in NativeStates.Saved) yield return memory.Stack[offset].EqualTo(Unknowns.Caller(register));
        if (isLimited) yield return Register(state, ArmState<TermWord>.Link).ZeroExtended(64).EqualTo(rules.Branches);
        else yield return memory.Machine[NativeLayout.Branches].EqualTo(Unknowns.Branches);
        foreach (var goal in GuestBytes.SameWrites(memory.Bytes, rules.Bytes)) yield return goal;
        foreach (var goal in OfCalls(memory, rules)) yield return goal;
        yield return Make.Truth(!state.It.IsInBlock);
    }

    private IEnumerable<Term> AtReturn(NativePath path, RuleState rules)
    {
        var (state, memory) = (path.State, NativeStates.Memory(path.State));
        for (var register = 0; register < rules.Registers.Count; register++)
        {
            yield return memory.Machine[NativeLayout.OfRegister(register)].EqualTo(rules.Registers[register].Low);
            yield return memory.Machine[NativeLayout.OfRegister(register) + 4].EqualTo(rules.Registers[register].High);
        }

        if (isLimited) yield return memory.Machine[NativeLayout.Branches].ZeroExtended(64).EqualTo(rules.Branches);
        else yield return memory.Machine[NativeLayout.Branches].EqualTo(Unknowns.Branches);
        foreach (var (register, _) in NativeStates.Saved)
        {
            if (register != ArmState<TermWord>.Link) yield return Register(state, register).EqualTo(Unknowns.Caller(register));
        }

        yield return Register(state, ArmState<TermWord>.StackPointer).EqualTo(Unknowns.CallerStack);
        foreach (var goal in GuestBytes.SameWrites(memory.Bytes, rules.Bytes)) yield return goal;
        foreach (var goal in OfCalls(memory, rules)) yield return goal;
        yield return Make.Truth(!state.It.IsInBlock);
    }

    // The frames in use, the stack of the function that runs, and no window that shows a stack that is gone.
    private IEnumerable<Term> OfCalls(NativeMemory memory, RuleState rules)
    {
        var moved = LinearSum.Of(rules.FrameStart.Bits(0, 32) - Unknowns.StackStart).ToTerm();
        yield return memory.Machine[NativeLayout.StackStart].EqualTo(Unknowns.StackStart + moved);
        yield return memory.Machine[NativeLayout.StackBytes].EqualTo(Unknowns.StackBytes + moved);
        yield return memory.Machine[NativeLayout.Depth].EqualTo(
            memory.Depth is null ? Unknowns.Depth : Make.Constant((ulong)rules.Frames.Count, 32));
        if (profile.FramePointer is FramePointer.ReadOnly)
        {
            yield return rules.Registers[^1].Low.EqualTo(Unknowns.StackStart + moved + (ulong)profile.FrameBytes);
            yield return rules.Registers[^1].High.EqualTo(0);
        }

        if (memory.Depth is { } depth && rules.Frames.Count > depth)
        {
            yield return Calls.HasRoom(depth);
            foreach (var (offset, value) in Calls.Words(rules.Frames[^1], rules.Frames.Count - 1))
                yield return memory.Frames.TryGetValue(offset, out var word) ? word.EqualTo(value) : Make.False;
        }

        foreach (var (window, at) in ((WindowTerms, int)[])
            [(Unknowns.Readable, NativeLayout.Readable), (Unknowns.Writable, NativeLayout.Writable)])
        {
            var (shows, isClosed) = (Make.True, Make.True);
            foreach (var bytes in (int[])[1, 2, 4, 8])
            {
                var limit = memory.Machine[at + NativeLayout.LimitOf(bytes)];
                (shows, isClosed) = (shows & limit.EqualTo(window.Limit(bytes)), isClosed & limit.EqualTo(0));
            }

            yield return isClosed | (rules.Frames.Count < memory.Depth ? shows & !window.Start.EqualTo(Unknowns.StackStart) : shows);
        }
    }

    private Placed? Find(int register)
    {
        foreach (var place in certificate.Places)
        {
            if (place.Register == register) return place;
        }

        return null;
    }

    private static Term Register(ArmState<TermWord> state, int register) => state.Registers[register].Term;
}
