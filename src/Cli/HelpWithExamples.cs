using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RbpfSpec.Cli;

/// <summary>A command that can show how it is used.</summary>
internal sealed class ExampleCommand : Command
{
    /// <summary>A command with examples, each a command line that works as printed from the project's folder.</summary>
    public ExampleCommand(string name, string description, params string[] examples)
        : base(name, description) => Examples = examples;

    /// <summary>The command lines.</summary>
    public IReadOnlyList<string> Examples { get; }
}

/// <summary>The library's help, with the command's examples after it.</summary>
public sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction help = new();

    /// <summary>Help is for those whose command line is not right yet.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not ExampleCommand { Examples: { Count: > 0 } examples }) return code;
        Console.WriteLine(examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in examples) Console.WriteLine($"  {example}");
        Console.WriteLine();
        return code;
    }
}
