using System.CommandLine;
using System.CommandLine.Help;
using RbpfSpec.Cli.Commands;
using RbpfSpec.Cli.Commands.Analyze;
using RbpfSpec.Cli.Commands.Campaigns;
using RbpfSpec.Cli.Commands.Conformance;
using RbpfSpec.Cli.Commands.Debug;
using RbpfSpec.Cli.Commands.Historic;
using RbpfSpec.Cli.Commands.Host;
using RbpfSpec.Cli.Commands.Native;
using RbpfSpec.Cli.Commands.Pack;
using RbpfSpec.Cli.Commands.Solve;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli;

/// <summary>The command line <c>rbpf</c> as a whole.</summary>
public static class CommandLine
{
    /// <summary>The exit code of a run that held, a check that passed.</summary>
    public const int Holds = 0;

    /// <summary>The exit code of a run that trapped, a program that was rejected, a vector that failed.</summary>
    public const int Fails = 1;

    /// <summary>
    /// The exit code of a command line that makes no sense, or of a file that cannot be read or holds no program: it is
    /// malformed, has a syntax error, or has not the section or function asked for.
    /// </summary>
    public const int Usage = 2;

    /// <summary>
    /// The exit code of a claim or a question about which nothing is known: the solver, or the run it asks about, gave up.
    /// </summary>
    public const int Undecided = 3;

    /// <summary>The exit code of a fault of ours (EX_SOFTWARE of sysexits.h).</summary>
    public const int Fault = 70;

    /// <summary>The sentence of <c>--help</c> on the exit codes of commands that work on programs.</summary>
    internal const string ExitCodes =
        "Exit code: 0 accepted, or run to its end; 1 trapped, or rejected by the preflight; 2 no program: the command line makes no sense, "
        + "or a file cannot be read, is malformed, has a syntax error, or has no such section or function.";

    /// <summary>The sentence of <c>--help</c> on the exit codes of commands that only read programs.</summary>
    internal const string NoProgram =
        "Exit code: 0, or 2 where there is no program: a file cannot be read, is malformed, has a syntax error, "
        + "or has no such section or function.";

    /// <summary>The sentence of <c>--help</c> on the exit codes of questions, which have more of their own.</summary>
    internal const string NoProgramToAsk =
        "Exit code 2 where there is no program: the command line makes no sense, or a file cannot be read, is malformed, "
        + "has a syntax error, or has no such section or function; 3 where there is no answer.";

    /// <summary>Does something, and meets what escapes from it with one line instead of a stack trace.</summary>
    /// <returns>Its exit code, or that of what escaped.</returns>
    public static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception)
        {
            var (code, lines) = Met(exception);
            foreach (var line in lines) Complain(line);
            return code;
        }
    }

    /// <summary>Asks on standard error that a fault of ours be reported.</summary>
    public static int Report(Exception exception)
    {
        Complain(FaultText(exception));
        return Fault;
    }

    /// <summary>The exit code of what escaped, and what is told of it, a line each.</summary>
    public static (int Code, IReadOnlyList<string> Lines) Met(Exception exception) => exception switch
    {
        UsageException usage => (Usage, usage.Lines),
        FileException => (Usage, [Escaped.Line(exception.Message)]),
        IOException or UnauthorizedAccessException => (Usage, [Told(exception)]),
        _ => (Fault, [FaultText(exception)]),
    };

    private static string FaultText(Exception exception)
    {
        var cause = exception is AggregateException { InnerException: { } inner } ? inner : exception;
        var place = cause.StackTrace?.Split('\n')
            .Select(static line => line.Trim()).FirstOrDefault(static line => line.Contains("RbpfSpec", StringComparison.Ordinal));
        var what = $"{cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}";
        return "a fault of rbpf, not of its input; please report it with the command line "
            + $"({what}{(place is null ? "" : " " + place)})";
    }

    /// <summary>Runs a command line and yields its exit code.</summary>
    public static int Run(IReadOnlyList<string> args) => Run(Root(args.Count > 0 ? args[0] : ""), args);

    /// <summary>Runs a command line of some commands and yields its exit code.</summary>
    public static int Run(RootCommand root, IReadOnlyList<string> args)
    {
        var parsed = root.Parse(args);
        return JsonOption.IsGiven(parsed) ? JsonErrors.Run(() => Run(root, parsed)) : Run(root, parsed);
    }

    /// <summary>The problem of a command line, as far as it can be told without running it; null if it has none.</summary>
    internal static string? ProblemOf(IReadOnlyList<string> args)
    {
        var root = Root(args.Count > 0 ? args[0] : "");
        return ProblemOf(root, root.Parse(args));
    }

    private static int Run(RootCommand root, ParseResult parsed) => ProblemOf(root, parsed) is { } problem
        ? Complain(problem)

        // The library's handler would meet exceptions with a stack trace and the exit code 1.
        : Guarded(() => parsed.Invoke(new() { EnableDefaultExceptionHandler = false }));

    private static string? ProblemOf(RootCommand root, ParseResult parsed)
    {
        if (parsed.Errors.Count == 0) return null;
        var command = parsed.CommandResult.Command;
        var name = command == root ? "rbpf" : $"rbpf {Path(parsed.CommandResult)}";
        var problem = Suggestions.Unknown(parsed) ?? string.Join("; ", parsed.Errors.Select(error => error.Message.TrimEnd('.')));
        return $"{problem} (see '{name} --help')";
    }

    /// <summary>Says what is wrong on standard error.</summary>
    public static int Complain(string message)
    {
        Console.Error.WriteLine($"rbpf: {Escaped.Text(message)}");
        return Usage;
    }

    // Files that are read and written tell their names; what has none is the console, or the working folder.
    private static string Told(Exception exception)
    {
        if (exception.Message.Contains('\'', StringComparison.Ordinal)) return exception.Message;
        return exception is FileNotFoundException or DirectoryNotFoundException
            ? "the working folder does not exist any more; expected one that does"
            : $"standard output cannot be written: {exception.Message}";
    }

    private static string[] Names => ["prove", "check", "run", "trace", "debug", "solve", "analyze", "compile", "validate", "asm",
        "disasm", "pack", "unpack", "explain", "profiles", "dialects", "conformance", "fuzz", "explore", "campaign", "worker", "host",
        "bench", "generate", "spec", "export"];

    private static Command Create(string name) => name switch
    {
        "prove" => ProveCommand.Create(ProveContext.Everything),
        "check" => CheckCommand.Create(),
        "run" => RunCommand.Create(),
        "trace" => TraceCommand.Create(),
        "debug" => DebugCommand.Create(),
        "solve" => SolveCommand.Create(),
        "analyze" => AnalyzeCommand.Create(),
        "compile" => CompileCommand.Create(),
        "validate" => ValidateCommand.Create(),
        "asm" => AsmCommand.Create(),
        "disasm" => DisasmCommand.Create(),
        "pack" => PackCommand.Create(),
        "unpack" => UnpackCommand.Create(),
        "explain" => ExplainCommand.Create(),
        "profiles" => ProfilesCommand.Create(),
        "dialects" => DialectsCommand.Create(),
        "conformance" => ConformanceCommand.Create(),
        "fuzz" => FuzzCommand.Create(),
        "explore" => ExploreCommand.Create(),
        "campaign" => CampaignCommand.Create(ProveContext.Everything),
        "worker" => WorkerCommand.Create(ProveContext.Everything),
        "host" => HostCommand.Create(),
        "bench" => BenchCommand.Create(),
        "generate" => GenerateCommand.Create(),
        "spec" => SpecCommand.Create(),
        "export" => ExportCommand.Create(),
        _ => throw new ArgumentException($"there is no command '{name}'", nameof(name)),
    };

    // Making a command takes milliseconds, so only the one that is asked for is made, or all if none is.
    private static RootCommand Root(string asked)
    {
        var root = new RootCommand(
            "The rBPF machine, formally specified and proved: prove, check, run, trace, solve and explain its programs.");
        foreach (var name in Names)
        {
            if (name == asked || !Names.Contains(asked)) root.Subcommands.Add(Create(name));
        }

        foreach (var option in root.Options)
        {
            if (option is HelpOption help) help.Action = new HelpWithExamples();
        }

        return root;
    }

    private static string Path(System.CommandLine.Parsing.CommandResult result) =>
        result.Parent is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } parent
            ? $"{Path(parent)} {result.Command.Name}"
            : result.Command.Name;
}

/// <summary>The command line, or a file that it names, makes no sense; the message says why.</summary>
public sealed class UsageException : Exception
{
    /// <summary>With what was wrong, and what would be right.</summary>
    public UsageException(string message)
        : base(message) => Lines = [message];

    /// <summary>With what was wrong, and what showed it.</summary>
    public UsageException(string message, Exception reason)
        : base(message, reason) => Lines = [message];

    /// <summary>With several things that were wrong, a line each.</summary>
    public UsageException(IReadOnlyList<string> lines)
        : base(string.Join('\n', lines)) => Lines = lines;

    /// <summary>The mistakes, a line each.</summary>
    public IReadOnlyList<string> Lines { get; }
}
