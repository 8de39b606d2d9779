using System.CommandLine;
using RbpfSpec.Cli.Commands.Historic;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Interp;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf run</c>: runs a program to its end.</summary>
public static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var input = new RunInput();
        var engine = new ChoiceOption<RunEngine>(
            "--engine", "What runs it; the result is the same. The semantics starts some 15 ms sooner, so it is what runs it otherwise; "
                + "the others are for runs of more than 50,000 instructions.");
        var certificate = new TextOption(
            "--certificate",
            "file",
            "What 'analyze --certificate' wrote of the program, for --engine compiled or auto: once it is confirmed, what it proves is not "
                + "checked; where it is not about this run, all is, and a note says why.");
        var dialect = new DialectOption();
        var json = JsonOption.Create(
            "One JSON object: result, or trap with what was accessed, registers, memory changed, budget left, output.");
        var command = new ExampleCommand(
            "run",
            "Checks a program and runs it. " + CommandLine.ExitCodes,
            "./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input",
            "./rbpf run examples/increment.o --memory 2900000000000000 --json",
            "./rbpf run examples/fletcher32.o --memory-file examples/fletcher32.input --engine compiled",
            "./rbpf run examples/increment.o --memory 2900000000000000 --dialect femto-containers");
        input.AddTo(command);
        command.Options.Add(engine);
        command.Options.Add(certificate);
        command.Options.Add(dialect);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var choice = parsed.GetValue(engine) ?? RunEngine.Reference;
            var file = parsed.GetValue(certificate);
            if (file is not null && choice is not (RunEngine.Compiled or RunEngine.Auto))
                throw new UsageException("--certificate is for code that is compiled; expected --engine compiled or --engine auto with it");
            if (parsed.GetValue(dialect) is { } historic)
            {
                if (parsed.GetValue(engine) is not null)
                    throw new UsageException("--dialect is run by its own rules; expected no --engine with it");
                var run = input.RunOn(parsed, DialectOption.Named(historic));
                if (parsed.GetValue(json)) Report.Line(JsonText.Object(run.Write));
                else run.Print(Report.Terminal);
                return run.There.IsExit ? CommandLine.Holds : CommandLine.Fails;
            }

            if (input.Prepare(parsed) is not { } prepared) return CommandLine.Fails;
            var (end, steps) = Run(prepared, choice, file);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(writer => RunReport.Write(writer, prepared, end, steps)));
            else RunReport.Print(Report.Terminal, Console.Out, prepared, end, steps);
            return end is Outcome<Word>.Exited ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }

    private static (Outcome<Word> End, ulong Steps) Run(Prepared prepared, RunEngine choice, string? certificate) =>
        choice.Fast() is { } engine ? RunFast(prepared, engine, certificate) : RunReference(prepared);

    private static (Outcome<Word> End, ulong Steps) RunFast(Prepared prepared, Engine engine, string? certificate)
    {
        var proof = certificate is null ? [] : Files.Read(certificate, FileKind.Text);
        var machine = new EngineMachine(prepared.Program, engine, proof);
        var end = machine.Run(prepared.State, out var steps);
        var lack = certificate is not null && proof.Length == 0 ? "it is empty" : machine.StaysChecked;
        if (lack is not null) CommandLine.Complain($"note: the certificate '{certificate}' is not used: {lack}");
        if (engine is Engine.Compiled && machine.StaysInterpreted is { } reason)
            CommandLine.Complain($"note: interpreted: {reason}");
        return (end, steps);
    }

    private static (Outcome<Word> End, ulong Steps) RunReference(Prepared prepared)
    {
        var (outcome, steps) = Runs.Limited(prepared.Machine.Step, prepared.State, long.MaxValue);
        return (outcome, (ulong)(outcome is Outcome<Word>.Exited ? steps : steps - 1));
    }
}
