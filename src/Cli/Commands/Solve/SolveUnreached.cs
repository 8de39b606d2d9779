using System.CommandLine;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports.Solving;
using RbpfSpec.Reports;

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
            var coverage = input.Ask(parsed, search => search.Unreached(subject.Program));
            var reason = coverage.Doubt is { } doubt ? SolveInput.Reason(doubt) : null;
            var report = new CoverageReport(subject, coverage, reason, input.Contexts(parsed, subject.Program.Size));
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(report.Write));
            else report.Print(Report.Terminal);
            return coverage.Unreached.IsEmpty ? CommandLine.Holds : reason is null ? CommandLine.Fails : CommandLine.Undecided;
        });
        return command;
    }
}
