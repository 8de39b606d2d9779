// The console and the working folder are the process's: one command line at a time.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly, DisableTestParallelization = true)]

namespace RbpfSpec.Cli.Tests;

/// <summary>The end of a command line.</summary>
internal sealed record Ending(int ExitCode, string Output, string Error)
{
    /// <summary>It held: exit code 0, and nothing on standard error.</summary>
    public string Holds() => Says(CommandLine.Holds);

    /// <summary>It trapped, or was rejected as a result: exit code 1, and nothing on standard error.</summary>
    public string Fails() => Says(CommandLine.Fails);

    /// <summary>There was no result: exit code 1, nothing on standard output, and these lines on standard error.</summary>
    public void FailsWith(params string[] lines) => Complains(CommandLine.Fails, lines);

    /// <summary>There is no program: exit code 2, nothing on standard output, and these lines on standard error.</summary>
    public void HasNoProgram(params string[] lines) => Complains(CommandLine.Usage, lines);

    /// <summary>The command line makes no sense: exit code 2, nothing on standard output, and this on standard error.</summary>
    public void IsUsage(string message) => Complains(CommandLine.Usage, [message]);

    private string Says(int exitCode)
    {
        Error.ShouldBe("");
        ExitCode.ShouldBe(exitCode);
        return Output;
    }

    private void Complains(int exitCode, string[] messages)
    {
        Error.ShouldBe(string.Concat(messages.Select(message => $"rbpf: {message}\n")));
        Output.ShouldBe("");
        ExitCode.ShouldBe(exitCode);
    }
}

/// <summary>Runs command lines in this process, from the repository's folder.</summary>
internal static class Rbpf
{
    /// <summary>A command line without quotation: words between spaces.</summary>
    public static Ending Line(string line, string input = "") => Run(line.Split(' '), input);

    /// <summary>A command line and its standard input.</summary>
    public static Ending Run(IReadOnlyList<string> args, string input = "") => Captured(() => CommandLine.Run(args), input);

    /// <summary>Captures what something writes to the console, run from the repository's folder.</summary>
    public static Ending Captured(Func<int> run, string input = "")
    {
        var (output, error, reader) = (Console.Out, Console.Error, Console.In);
        using StringWriter captured = new() { NewLine = "\n" };
        using StringWriter complaints = new() { NewLine = "\n" };
        using StringReader given = new(input);
        Environment.CurrentDirectory = Repository.Root;
        Console.SetOut(captured);
        Console.SetError(complaints);
        Console.SetIn(given);
        try
        {
            var exitCode = run();
            return new(exitCode, captured.ToString(), complaints.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            Console.SetIn(reader);
        }
    }
}
