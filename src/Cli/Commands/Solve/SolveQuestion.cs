using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.ProgramReports.Solving;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.Cli.Commands.Solve;

/// <summary>One of the questions of <c>rbpf solve</c>: its words, what it asks, and how its answers are told.</summary>
public sealed record SolveQuestion
{
    /// <summary>The name of the command.</summary>
    public required string Name { get; init; }

    /// <summary>The description of the command: what it finds, one sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Command lines that work as printed.</summary>
    public required string[] Examples { get; init; }

    /// <summary>The description of the output of <c>--json</c>.</summary>
    public required string Json { get; init; }

    /// <summary>The programs that it is about.</summary>
    public Sequence<ProgramInput> Programs { get; init; } = [new()];

    /// <summary>Options of its own.</summary>
    public Sequence<Option> Options { get; init; } = [];

    /// <summary>The question about the programs.</summary>
    public required Func<ParseResult, Search, Sequence<SymbolicProgram>, SearchResult> Ask { get; init; }

    /// <summary>Tells people of an input that was found, with the command lines that show it.</summary>
    public required Action<ITextReport, Sequence<Subject>, Witness, Sequence<string>> Print { get; init; }

    /// <summary>The properties of an input that was found, with the command lines that show it.</summary>
    public required Action<Utf8JsonWriter, Sequence<Subject>, Witness, Sequence<string>> Write { get; init; }

    /// <summary>The answer that an input was found, for programs: one word.</summary>
    public required string Found { get; init; }

    /// <summary>The answer that no input is what was looked for: for people, and one word or two for programs.</summary>
    public required Func<ParseResult, (string Text, string Answer)> None { get; init; }

    /// <summary>The exit code where an input was found; that of the answer that there is none is the other of 0 and 1.</summary>
    public required int FoundCode { get; init; }

    /// <summary>The command.</summary>
    public Command ToCommand()
    {
        var input = new SolveInput();
        var json = JsonOption.Create(Json);
        var command = new ExampleCommand(Name, $"{Description} {CommandLine.NoProgramToAsk}", Examples);
        foreach (var program in Programs) program.AddTo(command);
        foreach (var option in Options) command.Options.Add(option);
        input.AddTo(command);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            List<Subject> loaded = [];
            foreach (var program in Programs)
            {
                if (input.Load(program, parsed) is not { } subject) return CommandLine.Fails;
                loaded.Add(subject);
            }

            var subjects = loaded.ToSequence();
            var isJson = parsed.GetValue(json);
            var isSeveral = input.IsSeveral(parsed);
            switch (input.Ask(parsed, search => Ask(parsed, search, subjects.Map(subject => subject.Program))))
            {
                case SearchResult.Found found:
                    Tell(
                        writer => SearchReport.Write(
                            writer, found, isSeveral, Found, (one, witness) => Write(one, subjects, witness, Runs(witness))),
                        report => SearchReport.Print(
                            report, found, isSeveral, witness => Print(report, subjects, witness, Runs(witness))));
                    return FoundCode;
                case SearchResult.None none:
                    var (text, answer) = None(parsed);
                    Tell(
                        writer => SearchReport.Write(writer, none, answer, subjects[0].Program.Size),
                        report => SearchReport.Print(report, none, text, input.Contexts(parsed, subjects[0].Program.Size)));
                    return FoundCode == CommandLine.Holds ? CommandLine.Fails : CommandLine.Holds;
                case SearchResult.Undecided undecided:
                    var reason = SolveInput.Reason(undecided);
                    Tell(writer => SearchReport.WriteUndecided(writer, reason), report => report.Bad($"undecided: {reason}"));
                    return CommandLine.Undecided;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }

            Sequence<string> Runs(Witness witness) => Programs.Map(program => input.RunLine(program, parsed, witness.Input));

            void Tell(Action<Utf8JsonWriter> write, Action<ITextReport> print)
            {
                if (isJson) Report.Line(JsonText.Object(write));
                else print(Report.Terminal);
            }
        });
        return command;
    }
}
