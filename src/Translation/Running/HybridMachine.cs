using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Native;
using Decoded = RbpfSpec.Semantics.Validity.Decoded;

namespace RbpfSpec.Translation.Running;

/// <summary>
/// The hybrid machine: native code where there is some, and the rules where it comes back. It says in which order a device
/// does what; a run has the outcome that the reference machine gives it, if the native code is right.
/// </summary>
public sealed class HybridMachine
{
    private readonly ConcreteMachine machine;
    private readonly NativeProgram native;

    /// <summary>A machine loaded with a program and its native code.</summary>
    public HybridMachine(CheckedProgram program, NativeProgram native) => (machine, this.native) = (new(program), native);

    /// <summary>Where a run goes on with native code, or what it ended with.</summary>
    /// <param name="State">The state.</param>
    /// <param name="Windows">Which regions the windows show.</param>
    /// <param name="Entry">Where native code begins; null at the end of the run.</param>
    /// <param name="End">The outcome; null if there is native code to run.</param>
    public sealed record Turn(State<Word> State, NativeWindows Windows, int? Entry, Outcome<Word>? End);

    /// <summary>Begins a run: at first, the windows show the first regions that they may.</summary>
    /// <param name="start">The state to begin in.</param>
    public Turn Begin(State<Word> start) => Next(start, NativeWindows.First(start), isAfterNative: false);

    /// <summary>Steps from a state to where native code goes on; at once if there is some at the beginning of a run.</summary>
    /// <param name="state">The state.</param>
    /// <param name="windows">Which regions the windows show.</param>
    /// <param name="isAfterNative">Whether native code has just left this instruction to the machine.</param>
    public Turn Next(State<Word> state, NativeWindows windows, bool isAfterNative)
    {
        var isDue = isAfterNative;
        while (true)
        {
            if (!isDue && native.Entries[(int)state.ProgramCounter.Value] is { } entry) return new(state, windows, entry, null);
            isDue = false;
            var outcome = machine.Step(state);
            if (outcome is not Outcome<Word>.Next) return new(state, windows, null, outcome);
            windows = Windows(state, outcome.State, windows);
            state = outcome.State;
        }
    }

    /// <summary>The bytes with which native code is called, at an address that is a multiple of eight.</summary>
    public byte[] Pack(Turn turn, uint address) => NativeImage.Pack(turn.State, turn.Windows, address, machine.Profile.FrameLimit);

    /// <summary>Goes on after a call of native code, from what it made of those bytes.</summary>
    public Turn After(Turn turn, ReadOnlySpan<byte> bytes) => Next(
        NativeImage.Unpack(bytes, turn.State, machine.Profile.FrameLimit), NativeImage.Windows(bytes, turn.Windows), isAfterNative: true);

    /// <summary>Runs a program by native code on the processor that <c>src/Arm</c> defines.</summary>
    /// <param name="start">The state to begin in.</param>
    /// <param name="most">How many instructions of the processor a call may take.</param>
    /// <param name="executed">How many it took in all.</param>
    /// <param name="problem">What native code did wrong; null if nothing.</param>
    public Outcome<Word>? Run(State<Word> start, long most, out long executed, out string? problem)
    {
        (executed, problem) = (0, null);
        var processor = new NativeProcessor(native);
        var turn = Begin(start);
        while (turn.End is null)
        {
            var packed = Pack(turn, NativeProcessor.StateAddress);
            var result = processor.Call(packed, turn.Entry!.Value, most);
            executed += result.Executed;
            if (result.Problem is not null)
            {
                problem = result.Problem;
                return null;
            }

            turn = After(turn, result.Bytes);
        }

        return turn.End;
    }

    // What an access shows; and nothing of a frame that is no longer there.
    private NativeWindows Windows(State<Word> before, State<Word> after, NativeWindows windows)
    {
        if (before.Frames.Count != after.Frames.Count) return default;
        if (machine.At((int)before.ProgramCounter.Value) is not Decoded.Valid(var instruction)) return windows;
        var execution = new Semantics.Instructions.Execution<Word>(
            instruction.Form, instruction.Fields<Word>(), before, machine.Profile);
        return instruction.Form.Operation.AccessOf(execution) is { } access
            ? windows.After(before, access.Address, access.Count, access.Kind)
            : windows;
    }
}
