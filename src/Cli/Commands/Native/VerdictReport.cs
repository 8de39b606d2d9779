using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Validation;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary>Verdicts on native code, for people.</summary>
public static class VerdictReport
{
    /// <summary>Prints a verdict; of values that refute native code, whether a run from them shows it.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(CheckedProgram program, NativeProgram native, Certificate certificate, Verdict verdict)
    {
        switch (verdict)
        {
            case Verdict.Proved(var cuts, var questions):
                Report.Good($"proved: {cuts} places in the code, by {questions} questions to the solver");
                return CommandLine.Holds;
            case Verdict.Refused(var reason):
                Report.Bad($"refused: {reason}");
                return CommandLine.Fails;
            case Verdict.Refuted(var cut, var what, var values):
                Report.Bad($"refuted: {From(program, cut)}: {what}");
                Report.Line($"  with {Counterexample.Text(values)}");
                if (Replay.Differs(program, native, certificate, cut, values) is true)
                    Report.Line("  A run from these values shows it: native code and rules come to different states.");
                return CommandLine.Fails;
            case Verdict.Undecided(var cut, var reason):
                Report.Bad($"undecided: {From(program, cut)}: {reason}");
                return CommandLine.Undecided;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string From(CheckedProgram program, Cut? cut) =>
        cut is null ? "on the way into native code"
        : $"from slot {cut.Slot}, {InstructionText.At(new ReferenceMachine(program), Word.Of((ulong)cut.Slot))}";
}
