using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Running;
using RbpfSpec.Translation.Validation.States;

namespace RbpfSpec.Translation.Validation;

/// <summary>Runs native code and rules from the values of a counterexample, on numbers, so that the difference is seen.</summary>
public static class Replay
{
    private const int MostInstructions = 10_000;
    private const uint MostBytes = 1 << 16;

    /// <summary>
    /// Whether native code comes back to the machine in a state that the rules never come to from the same beginning, or not at
    /// all; null where the values put the frame where none can be.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="native">The native code.</param>
    /// <param name="cut">Where to begin; the program's entry if null.</param>
    /// <param name="values">The values.</param>
    public static bool? Differs(CheckedProgram program, NativeProgram native, Cut? cut, Assignment values)
    {
        if (Begin(program, cut, values) is not var (start, windows)) return null;
        if ((cut?.Offset ?? native.Entries[program.Entry]) is not { } entry) return null;
        var packed = NativeImage.Pack(start, windows, NativeProcessor.StateAddress);
        var result = new NativeProcessor(native).Call(packed, entry, MostInstructions);
        if (result.Problem is not null) return true;
        var end = NativeImage.Unpack(result.Bytes, start);
        var machine = new ConcreteMachine(program);
        if (IsSame(start, end)) return false;
        foreach (var outcome in machine.Trace(start).Take(MostInstructions))
        {
            if (IsSame(outcome.State, end)) return false;
        }

        return true;
    }

    private static (State<Word> Start, NativeWindows Windows)? Begin(CheckedProgram program, Cut? cut, Assignment values)
    {
        var profile = program.Rules.Profile;
        List<Region<Word>> regions = [];
        Show("frame", Unknowns.StackStart, (ulong)profile.FrameBytes, Permission.ReadWrite);
        var readable = Window(Unknowns.Readable, Permission.Read);
        var writable = Window(Unknowns.Writable, Permission.Write);
        if (!AddressRange.Problems([.. regions.Select(Region.RangeOf)]).IsEmpty)
        {
            // What does not depend on the windows has any values there, also such as no device has.
            regions.RemoveRange(1, regions.Count - 1);
            (readable, writable) = (null, null);
            if (!AddressRange.Problems([Region.RangeOf(regions[0])]).IsEmpty) return null;
        }

        var registers = Counterexample.Registers(values).Select(Word.Of).ToArray();
        foreach (var register in cut?.ZeroHigh ?? []) registers[register] = Word.Of((uint)registers[register].Value);
        if (profile.FramePointer is Semantics.Profiles.FramePointer.ReadOnly)
            registers[10] = regions[0].Start + Word.Of((ulong)profile.FrameBytes);
        var blank = new Start(profile)
        {
            BranchLimit = profile.BranchLimit is Allowance<ulong>.Unlimited
                ? profile.BranchLimit
                : new Allowance<ulong>.Remaining(Counterexample.Branches(values)),
        }.State();
        var state = blank with
        {
            Registers = ConcreteRegisters.Of(registers),
            ProgramCounter = Word.Of((ulong)(cut?.Slot ?? program.Entry)),
            Memory = blank.Memory.WithRegions(regions.ToSequence()).WithStack(blank.Memory.Stack with { Start = regions[0].Start }),
        };
        return (state, new(readable, writable));

        int? Window(WindowTerms window, Permission permission)
        {
            var length = (uint)values.Evaluate(window.Length);
            return length == 0 ? null : Show(window.Name, window.Start, Math.Min(length, MostBytes), permission);
        }

        int Show(string name, Term start, ulong length, Permission permission)
        {
            var at = (uint)values.Evaluate(start);
            var bytes = Enumerable.Range(0, (int)length)
                .Select(i => (byte)values.Evaluate(GuestBytes.Unknown.Content[Make.Constant(at + (ulong)i, 32)])).ToArray();
            regions.Add(Region.Of(name, at, bytes, permission));
            return regions.Count - 1;
        }
    }

    private static bool IsSame(State<Word> left, State<Word> right) =>
        left.ProgramCounter == right.ProgramCounter
        && left.Registers.Equals(right.Registers)
        && left.Budget == right.Budget
        && left.Memory.Regions == right.Memory.Regions;
}
