using System.CommandLine;
using RbpfSpec.Cli.Commands.Debug;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf trace</c>: runs a program and shows each step.</summary>
public static class TraceCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new RunInput();
        var json = JsonOption.Create("One JSON object a line, for each step.");
        var command = new ExampleCommand(
            "trace",
            "Runs a program and shows each step: slot, instruction, what changed, "
            + "and the line of source if the object tells it (clang -g). With --interactive it goes forwards and backwards in a terminal. "
            + CommandLine.ExitCodes,
            "./rbpf trace examples/increment.o --memory 2900000000000000");
        input.AddTo(command);
        var interactive = new SwitchOption(
            "--interactive", "Shows source, slots, registers and memory in a terminal, and goes forwards and backwards by keys; "
                + "h lists them.");
        command.Options.Add(json);
        command.Options.Add(interactive);
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(interactive) is not null)
                result.AddError("--json and --interactive are two ways to show the steps; expected one of them");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(interactive)) InteractiveTrace.RequireTerminal();
            if (input.Prepare(parsed) is not { } prepared) return CommandLine.Fails;
            if (parsed.GetValue(interactive)) return InteractiveTrace.Run(prepared, input.Name(parsed));
            var before = prepared.State;
            Outcome<Word>? end = null;
            SourceLine? shown = null;
            foreach (var outcome in prepared.Machine.Trace(before))
            {
                if (parsed.GetValue(json))
                {
                    Report.Line(JsonText.Object(writer => StepReport.Write(writer, prepared, before, outcome)));
                }
                else
                {
                    var source = prepared.Image.SourceAt(before.ProgramCounter.Value);
                    var line = StepReport.Line(prepared, before, outcome);

                    // A line of assembly that is written as it is printed says nothing more.
                    var isNew = source is not null && (source.Line, source.File) != (shown?.Line, shown?.File)
                        && source.Text.Trim() != InstructionText.At(prepared.Machine.Definition, before.ProgramCounter);
                    if (isNew) Report.Line($"; {source}");
                    shown = source;
                    Report.Line(line);
                }

                before = outcome.State;
                end = outcome;
            }

            return end is Outcome<Word>.Exited ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }
}
