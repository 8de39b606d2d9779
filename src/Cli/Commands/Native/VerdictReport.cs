using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Translation.Native;
using RbpfSpec.Translation.Validation;

namespace RbpfSpec.Cli.Commands.Native;

/// <summary>A verdict as it is told.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Lines">First the verdict, then what shows it.</param>
internal sealed record ToldVerdict(int Code, Sequence<string> Lines)
{
    /// <summary>Prints it.</summary>
    /// <returns>The exit code.</returns>
    public int Print()
    {
        if (Code == CommandLine.Holds) Report.Good(Lines[0]);
        else Report.Bad(Lines[0]);
        foreach (var line in Lines.Skip(1)) Report.Line(line);
        return Code;
    }
}

/// <summary>Verdicts on native code, for people.</summary>
internal static class VerdictReport
{
    /// <summary>Tells a verdict; of values that refute native code, whether a run from them shows it.</summary>
    public static ToldVerdict Of(CheckedProgram program, NativeProgram native, Certificate certificate, Verdict verdict) => verdict switch
    {
        Verdict.Proved(var cuts, var questions) => new(
            CommandLine.Holds, [$"proved: {Counted.Of(cuts, "place")} in the code, by {Counted.Of(questions, "question")} to the solver"]),
        Verdict.Refused(var reason) => new(CommandLine.Fails, [$"refused: {reason}"]),
        Verdict.Refuted(var cut, var what, var values) => new(
            CommandLine.Fails,
            [
                $"refuted: {From(program, cut)}: {what}",
                $"  with {Counterexample.Text(values)}",
                .. Replay.Differs(program, native, certificate, cut, values) is true
                    ? (string[])["  A run from these values shows it: native code and rules come to different states."]
                    : [],
            ]),
        Verdict.Undecided(var cut, var reason) => new(CommandLine.Undecided, [$"undecided: {From(program, cut)}: {reason}"]),
    };

    private static string From(CheckedProgram program, Cut? cut) =>
        cut is null ? "on the way into native code"
        : $"from slot {cut.Slot}, {InstructionText.At(new ReferenceMachine(program), Word.Of((ulong)cut.Slot))}";
}
