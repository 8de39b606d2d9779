using System.CommandLine;
using System.Text.Json;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
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
    public required Action<Sequence<SymbolicProgram>, Witness, Sequence<string>> Print { get; init; }

    /// <summary>The properties of an input that was found, with the command lines that show it.</summary>
    public required Action<Utf8JsonWriter, Sequence<SymbolicProgram>, Witness, Sequence<string>> Write { get; init; }

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
            List<SymbolicProgram> loaded = [];
            foreach (var program in Programs)
            {
                if (input.Load(program, parsed) is not { } subject) return CommandLine.Fails;
                loaded.Add(subject);
            }

            var subjects = loaded.ToSequence();
            var isJson = parsed.GetValue(json);
            switch (input.Ask(parsed, search => Ask(parsed, search, subjects)))
            {
                case SearchResult.Found found:
                    Sequence<string> Runs(Witness witness) => Programs.Map(program => input.RunLine(program, parsed, witness.Input));
                    if (isJson) Report.Line(JsonText.Object(writer => WriteAll(writer, subjects, found, Runs, input.IsSeveral(parsed))));
                    else PrintAll(subjects, found, Runs, input.IsSeveral(parsed));
                    return FoundCode;
                case SearchResult.None none:
                    var (text, answer) = None(parsed);
                    var code = FoundCode == CommandLine.Holds ? CommandLine.Fails : CommandLine.Holds;
                    return SolveCommand.None(text, answer, none, input.Contexts(parsed, subjects[0].Size), subjects[0].Size, code, isJson);
                case SearchResult.Undecided undecided:
                    return SolveCommand.Undecided(SolveInput.Reason(undecided), isJson);
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        });
        return command;
    }

    private void PrintAll(
        Sequence<SymbolicProgram> subjects, SearchResult.Found found, Func<Witness, Sequence<string>> runs, bool isSeveral)
    {
        foreach (var witness in found.Witnesses)
        {
            Print(subjects, witness, runs(witness));
            if (isSeveral) Report.Line("");
        }

        if (!isSeveral) return;
        Report.Line(SolveCommand.Count(found.Witnesses.Count, "context")
            + (found.AreAll ? ": proved that there is no other" : ": there may be others"));
    }

    private void WriteAll(
        Utf8JsonWriter writer,
        Sequence<SymbolicProgram> subjects,
        SearchResult.Found found,
        Func<Witness, Sequence<string>> runs,
        bool isSeveral)
    {
        writer.WriteString("answer", Found);
        if (!isSeveral)
        {
            Write(writer, subjects, found.Witnesses[0], runs(found.Witnesses[0]));
            return;
        }

        writer.WriteBoolean("all", found.AreAll);
        writer.WriteStartArray("witnesses");
        foreach (var witness in found.Witnesses)
        {
            writer.WriteStartObject();
            Write(writer, subjects, witness, runs(witness));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
