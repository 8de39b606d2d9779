using RbpfSpec.Arm.Machine;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Running;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>Runs native code and rules from the values of a counterexample, on numbers, so that the difference is seen.</summary>
/// <remarks>
/// Native code runs on the processor that <c>src/Arm</c> defines, from a cut to the next one or back to the machine, with
/// memory that grants what native code may reach; the rules run on the reference machine.
/// </remarks>
public sealed class Replay
{
    private const int MostInstructions = 10_000;

    private readonly Certificate certificate;
    private readonly Assignment values;
    private readonly Profile profile;
    private readonly Cut? cut;
    private readonly int? depth;
    private readonly RuleSteps steps;
    private readonly ArmState<TermWord> symbolic;
    private readonly List<Region<Word>> regions = [];
    private readonly List<ReplayMemory.Piece> pieces = [];
    private readonly bool isLimited;

    private Replay(CheckedProgram program, Certificate certificate, Cut? cut, Assignment values)
    {
        (this.certificate, this.cut, this.values, profile) = (certificate, cut, values, program.Rules.Profile);
        isLimited = profile.BranchLimit is not Allowance<ulong>.Unlimited;
        steps = new(program);
        depth = cut is not null && steps.IsCallOrReturn(cut.Slot) ? (int)values.Evaluate(Unknowns.Depth) : null;
        var registers = Registers(cut);
        symbolic = cut is null
            ? NativeStates.AtCall(profile, certificate, registers)
            : NativeStates.AtCut(profile, certificate, registers, isLimited, depth);
        foreach (var (window, permission) in (ReadOnlySpan<(WindowTerms, Permission)>)
            [(Unknowns.Readable, Permission.Read), (Unknowns.Writable, Permission.Write)])
        {
            var length = Math.Min((ulong)values.Evaluate(window.Length), OnDevice.MostBytes);
            var isFrame = values.Evaluate(window.Bytes) == values.Evaluate(Unknowns.StackBytes);
            if (length > 0 && !isFrame) regions.Add(Show(window.Name, window.Start, window.Bytes, length, permission));
        }

        var size = (ulong)profile.FrameBytes;
        var room = Make.Constant(size, 32);
        regions.Add(Show("frame", Unknowns.StackStart, Unknowns.StackBytes, size, Permission.ReadWrite));
        if (HasRoom)
            Show("next frame", Unknowns.StackStart - room, Unknowns.StackBytes - room, size, Permission.Write);
        Start = Rules(program, registers);
    }

    private State<Word> Start { get; }

    private bool HasRoom => depth + 1 < (long)values.Evaluate(Unknowns.FrameLimit);

    /// <summary>
    /// Whether native code faults, goes nowhere, or comes to a cut or back to the machine in a state that is none of those that
    /// the rules come to from the same beginning; null where no device has regions as the values say.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="native">The native code.</param>
    /// <param name="certificate">The certificate of it.</param>
    /// <param name="cut">Where to begin; the call of native code if null.</param>
    /// <param name="values">The values.</param>
    public static bool? Differs(CheckedProgram program, NativeProgram native, Certificate certificate, Cut? cut, Assignment values)
    {
        var replay = new Replay(program, certificate, cut, values);
        return AddressRange.Problems([.. replay.regions.Select(Region.RangeOf)]).IsEmpty
            ? replay.Differs(program, native)
            : null;
    }

    private bool Differs(CheckedProgram program, NativeProgram native)
    {
        var memory = new ReplayMemory(NativeStates.Memory(symbolic), pieces, values);
        var begin = new ArmState<Word>(
            symbolic.Registers.Map(register => Value(register.Term)),
            new(Bit(symbolic.Flags.Negative), Bit(symbolic.Flags.Zero), Bit(symbolic.Flags.Carry), Bit(symbolic.Flags.Overflow)),
            memory);
        var cuts = certificate.Cuts.ToLookup(one => one.Offset);
        var run = new NativeProcessor(native).Run(
            begin, cut?.Offset ?? 0, MostInstructions, offset => cuts.Contains(offset) && cut is not null);
        if (run.Problem is not null) return true;
        if (cut is null) return run.Address != OnDevice.TargetAddress || !Agrees(run.State, memory, Start, new(0, 0, []));

        // As far as the rules are followed on terms, to where the next cut is; of a trap, nothing is left.
        HashSet<int> slots = [.. certificate.Cuts.Select(one => one.Slot)];
        var most = steps.From(cut.Slot, Registers(cut), slots, isLimited, depth).Count - 1;
        var states = new ConcreteMachine(program).Trace(Start).TakeWhile(outcome => outcome is Outcome<Word>.Next)
            .TakeWhile(outcome => HasRoom || outcome.State.Frames.Count <= Start.Frames.Count)
            .Take(most).Select(outcome => outcome.State).Prepend(Start).ToArray();
        if (run.Address == OnDevice.ReturnAddress) return !Array.Exists(states, state => IsLeft(run.State, memory, state));
        foreach (var to in cuts[(int)(run.Address - NativeProcessor.CodeAddress)])
        {
            for (var done = 0; done < states.Length; done++)
            {
                if (states[done].ProgramCounter.Value != (ulong)to.Slot || (done == 0 && !Validator.IsProgress(cut, to))) continue;
                if (Agrees(run.State, memory, states[done], to)) return false;
            }
        }

        return true;
    }

    // What the certificate says of a cut.
    private bool Agrees(ArmState<Word> state, ReplayMemory memory, State<Word> rules, Cut at)
    {
        for (var register = 0; register < Registers<Word>.Count; register++)
        {
            var value = rules.Registers[register].Value;
            if (at.ZeroHigh.Contains(register) && value >> 32 != 0) return false;
            var place = certificate.Places.FirstOrDefault(one => one.Register == register);
            if (place is not null && Pair(state.Registers[place.Low].Value, state.Registers[place.High].Value) != value) return false;
            if (place is not { IsDirty: true } && InState(memory, register) != value) return false;
        }

        return state.Registers[12].Value == values.Evaluate(Unknowns.Machine)
            && state.Registers[ArmState<Word>.StackPointer].Value == values.Evaluate(NativeStates.OwnStack)
            && NativeStates.Saved.All(saved =>
                memory.Stack.GetValueOrDefault(saved.Offset) == values.Evaluate(Unknowns.Caller(saved.Register)))
            && AreCalls(memory, rules)
            && Branches(isLimited ? (uint)state.Registers[ArmState<Word>.Link].Value : memory.Machine[NativeLayout.Branches], rules)
            && AreBytes(rules);
    }

    private bool IsLeft(ArmState<Word> state, ReplayMemory memory, State<Word> rules) =>
        memory.Machine[NativeLayout.ProgramCounter] == rules.ProgramCounter.Value
        && Enumerable.Range(0, Registers<Word>.Count).All(register => InState(memory, register) == rules.Registers[register].Value)
        && NativeStates.Saved.All(saved => saved.Register == ArmState<Word>.Link
            || state.Registers[saved.Register].Value == values.Evaluate(Unknowns.Caller(saved.Register)))
        && state.Registers[ArmState<Word>.StackPointer].Value == values.Evaluate(Unknowns.CallerStack)
        && AreCalls(memory, rules)
        && Branches(memory.Machine[NativeLayout.Branches], rules)
        && AreBytes(rules);

    private bool Branches(uint left, State<Word> rules) => rules.Budget.Branches is Allowance<Word>.Remaining(var count)
        ? left == count.Value
        : left == values.Evaluate(Unknowns.Branches);

    private bool AreBytes(State<Word> rules) => pieces.TrueForAll(piece =>
    {
        var region = rules.Memory.Regions.FirstOrDefault(region => region.Start.Value == piece.Start);
        ReadOnlySpan<byte> expected = region is null ? piece.Before.AsSpan() : ((ByteTree)region.Bytes).ToArray();
        return expected.SequenceEqual(piece.Bytes);
    });

    // The frames in use, the stack of the function that runs, and what the windows show.
    private bool AreCalls(ReplayMemory memory, State<Word> rules)
    {
        var moved = unchecked((uint)(rules.Memory.FrameStart.Value - Start.Memory.FrameStart.Value));
        if (memory.Machine[NativeLayout.StackStart] != (uint)rules.Memory.FrameStart.Value) return false;
        if (memory.Machine[NativeLayout.StackBytes] != unchecked((uint)values.Evaluate(Unknowns.StackBytes) + moved)) return false;
        var calls = depth is null ? (ulong)values.Evaluate(Unknowns.Depth) : (ulong)rules.Frames.Count;
        if (memory.Machine[NativeLayout.Depth] != calls) return false;
        if (rules.Frames.Count > Start.Frames.Count)
        {
            var (frame, at) = (rules.Frames[^1], Start.Frames.Count * NativeLayout.FrameSize);
            if (memory.Frames.GetValueOrDefault(at + NativeLayout.ReturnTo) != frame.ReturnTo.Value - 1) return false;
            for (var i = 0; i < frame.Saved.Count; i++)
            {
                var (low, high) = (memory.Frames.GetValueOrDefault(at + (8 * i)), memory.Frames.GetValueOrDefault(at + (8 * i) + 4));
                if (Pair(low, high) != frame.Saved[i].Value) return false;
            }
        }

        return IsOpen(memory, rules, Unknowns.Readable, NativeLayout.Readable)
            && IsOpen(memory, rules, Unknowns.Writable, NativeLayout.Writable);
    }

    private bool IsOpen(ReplayMemory memory, State<Word> rules, WindowTerms window, int at)
    {
        int[] sizes = [1, 2, 4, 8];
        if (sizes.All(bytes => memory.Machine[at + NativeLayout.LimitOf(bytes)] == 0)) return true;
        var isGone = rules.Frames.Count < Start.Frames.Count && values.Evaluate(window.Start) == Start.Memory.FrameStart.Value;
        return !isGone
            && sizes.All(bytes => memory.Machine[at + NativeLayout.LimitOf(bytes)] == values.Evaluate(window.Limit(bytes)));
    }

    private static ulong InState(ReplayMemory memory, int register) =>
        Pair(memory.Machine[NativeLayout.OfRegister(register)], memory.Machine[NativeLayout.OfRegister(register) + 4]);

    private static ulong Pair(ulong low, ulong high) => (high << 32) | low;

    private Word Value(Term term) => Word.Wrap((ulong)values.Evaluate(term), Width.Bits32);

    private Truth<Word> Bit(Truth<TermWord> truth) => Truth<Word>.Of(values.Evaluate(truth.Term) == UInt128.One);

    private (Term Low, Term High)[] Registers(Cut? at) => Unknowns.Registers(
        profile, [.. at?.ZeroHigh ?? [], .. (Sequence<int>)(profile.FramePointer is FramePointer.ReadOnly ? [10] : [])]);

    private State<Word> Rules(CheckedProgram program, (Term Low, Term High)[] registers)
    {
        var blank = new Start(profile)
        {
            BranchLimit = isLimited ? new Allowance<ulong>.Remaining((ulong)values.Evaluate(Unknowns.Branches)) : profile.BranchLimit,
        }.State();
        return blank with
        {
            Registers = ConcreteRegisters.Of([.. registers.Select(words => Word.Of(
                Pair((ulong)values.Evaluate(words.Low), (ulong)values.Evaluate(words.High))))]),
            ProgramCounter = Word.Of((ulong)(cut?.Slot ?? program.Entry)),
            Memory = blank.Memory.WithRegions(regions.ToSequence()).WithStack(blank.Memory.Stack with { Start = regions[^1].Start }),
            Frames = Calls.Frames(profile, depth ?? 0).Map(frame => new Frame<Word>(
                Word.Of((ulong)values.Evaluate(frame.ReturnTo.Term)), frame.Saved.Map(word => Word.Of((ulong)values.Evaluate(word.Term))))),
        };
    }

    private Region<Word> Show(string name, Term start, Term place, ulong length, Permission permission)
    {
        var at = (uint)values.Evaluate(start);
        var bytes = Enumerable.Range(0, (int)length)
            .Select(i => (byte)values.Evaluate(GuestBytes.Before[Make.Constant(unchecked(at + (uint)i), 32)])).ToArray();
        pieces.Add(new(
            at, (uint)values.Evaluate(place), [.. bytes], permission is not Permission.Write, permission is not Permission.Read));
        return Region.Of(name, at, bytes, permission);
    }
}
