using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Code;
using RbpfSpec.Translation.Running;

namespace RbpfSpec.Translation.Tests;

/// <summary>Runs of native code that end as under the rules.</summary>
internal static class NativeRuns
{
    /// <summary>Runs a program by its native code.</summary>
    /// <param name="program">The program.</param>
    /// <param name="start">The state to begin in.</param>
    /// <param name="entered">How many times native code was entered.</param>
    public static Outcome<Word> Run(CheckedProgram program, State<Word> start, out int entered)
    {
        var (native, _) = Translator.Translate(program);
        var machine = new HybridMachine(program, native);
        var processor = new NativeProcessor(native);
        var turn = machine.Begin(start);
        for (entered = 0; turn.End is null; entered++)
        {
            var result = processor.Call(machine.Pack(turn, NativeProcessor.StateAddress), turn.Entry!.Value, 1_000_000);
            result.Problem.ShouldBeNull();
            turn = machine.After(turn, result.Bytes);
        }

        turn.End.ShouldEndAs(RandomPrograms.Reference(program, start), 0);
        turn.End.State.Frames.ShouldBe(RandomPrograms.Reference(program, start).State.Frames);
        return turn.End;
    }
}
