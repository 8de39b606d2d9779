using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

using static System.FormattableString;

namespace RbpfSpec.Cli.Commands.Solve;

/// <summary><c>rbpf solve unreached</c>: the instructions that no context comes to.</summary>
public static class SolveUnreached
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var program = new ProgramInput();
        var input = new SolveInput(isSeveral: false);
        var json = JsonOption.Create("One JSON object: the answer, and the slots.");
        var command = new ExampleCommand(
            "unreached",
            "Lists the instructions that no context comes to; exit code 0 if there are none, 1 if there are some.",
            "./rbpf solve unreached examples/increment.o",
            "./rbpf solve unreached examples/field.o --function field --size 40");
        program.AddTo(command);
        input.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            if (input.Load(program, parsed) is not { } subject) return CommandLine.Fails;
            var coverage = input.Ask(parsed, search => search.Unreached(subject));
            var reason = coverage.Doubt is { } doubt ? SolveInput.Reason(doubt) : null;
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(writer => Write(writer, coverage, reason)));
            else Print(subject, coverage, reason, input.Contexts(parsed, subject.Size));
            return coverage.Unreached.IsEmpty ? CommandLine.Holds : reason is null ? CommandLine.Fails : CommandLine.Undecided;
        });
        return command;
    }

    private static void Print(SymbolicProgram subject, Coverage coverage, string? reason, string contexts)
    {
        if (coverage.Unreached.IsEmpty)
        {
            Report.Good("every instruction is reached");
            return;
        }

        if (reason is null) Report.Bad($"{SolveCommand.Count(coverage.Unreached.Count, "instruction")} not reached: proved for {contexts}");
        else Report.Bad($"undecided: {reason}; not reached so far");
        foreach (var slot in coverage.Unreached)
            Report.Line(Invariant($"  {slot}: {InstructionText.At(subject.Machine, Word.Of((ulong)slot))}"));
    }

    private static void Write(System.Text.Json.Utf8JsonWriter writer, Coverage coverage, string? reason)
    {
        writer.WriteString("answer", coverage.Unreached.IsEmpty ? "all reached" : reason is null ? "unreached" : "undecided");
        if (reason is not null) writer.WriteString("reason", reason);
        writer.WriteStartArray("unreached");
        foreach (var slot in coverage.Unreached) writer.WriteNumberValue(slot);
        writer.WriteEndArray();
    }
}
