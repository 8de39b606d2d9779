using System.Diagnostics;
using System.Security.Cryptography;

using RbpfSpec.Symbolic.Solvers.Text;

namespace RbpfSpec.Symbolic.Solvers.Pipe;

/// <summary>A solver that is a program of its own: it reads a script from its standard input, and prints its reply.</summary>
/// <remarks>
/// It runs once for a verdict, and a second time if the script is satisfiable and values are wanted: a script is in no
/// way seen by the next, and a reply is complete when the program has ended. Each script ends with the command to echo a
/// text that is drawn anew: a verdict without it is one of a program that has not read the script to its end.
/// </remarks>
public sealed class PipeSolver : ISolver
{
    private const string Exit = "(exit)\n";
    private static readonly TimeSpan VersionLimit = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly PipeCommand command;
    private PipeRun? running;
    private bool interrupted;

    private PipeSolver(PipeCommand command, string name, string version)
    {
        this.command = command;
        Name = name;
        Version = version;
    }

    public string Name { get; }

    public string Version { get; }

    /// <summary>Opens a session with a program, if it runs.</summary>
    /// <param name="command">
    /// A path, or a name to look for on the search path. <c>z3</c>, <c>cvc5</c> and <c>boolector</c> are given the
    /// arguments that they need; other programs must read SMT-LIB 2 from their standard input without.
    /// </param>
    public static SolverSession Open(string command)
    {
        if (PipeCommand.Locate(command) is not { } file) return new SolverSession.Unavailable(PipeCommand.Missing(command));
        var located = PipeCommand.Of(file);
        using var run = new PipeRun(located with { Arguments = ["--version"] }, VersionLimit);
        return run.Complete("") switch
        {
            PipeResult.NotStarted(var reason) => new SolverSession.Unavailable($"the solver '{command}' does not start: {reason}"),
            PipeResult.Stopped(var reason) => new SolverSession.Unavailable($"the solver '{command}' does not tell its version: {reason}"),
            PipeResult.Ended(var output, _, _, _) =>
                new SolverSession.Opened(new PipeSolver(located, Path.GetFileName(command), VersionText.Find(output))),
        };
    }

    public Reply Solve(Script script, TimeSpan limit)
    {
        if (ScriptShape.Problem(script) is { Length: > 0 } problem) return new Reply.Failed(problem);
        var watch = Stopwatch.StartNew();
        lock (gate) interrupted = false;
        var question = $"{command.Adapted(script.Text)}\n(check-sat)\n";
        var reply = Run(question, limit, output => ReplyText.Verdict(output, Name));
        if (reply is not Reply.Satisfiable || script.Wanted.IsEmpty) return reply;

        var left = limit == Timeout.InfiniteTimeSpan ? limit : limit - watch.Elapsed;
        return Run(question + ReplyText.GetValue(script), left, output => Model(output, script));
    }

    public void Interrupt()
    {
        lock (gate)
        {
            interrupted = true;
            running?.Stop("interrupted");
        }
    }

    public void Dispose() => Interrupt();

    private Reply Run(string commands, TimeSpan limit, Func<string, Reply> read)
    {
        var seal = $"read-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        using var run = new PipeRun(command, Limits.Clamp(limit));
        lock (gate)
        {
            // It may have come between the run for the verdict and the run for the values.
            if (interrupted) return new Reply.Undecided("interrupted");
            running = run;
        }

        try
        {
            return run.Complete(command.Echoes ? $"{commands}(echo \"{seal}\")\n{Exit}" : commands + Exit) switch
            {
                PipeResult.NotStarted(var reason) => new Reply.Failed($"{Name} does not start: {reason}"),
                PipeResult.Stopped(var reason) => new Reply.Undecided(reason),
                PipeResult.Ended(var output, var error, var code, var tookInput) => Explain(
                    !tookInput ? Unread("the question was not read to its end", output)
                    : (command.Echoes ? Unsealed(output, seal) : output) is { } answer ? read(answer)
                    : Unread($"nothing shows that the question was read to its end, for it did not echo \"{seal}\"", output),
                    error,
                    code),
            };
        }
        finally
        {
            lock (gate) running = null;
        }
    }

    // What was printed before the seal, which some solvers print in its quotation marks; null if it is not the last line.
    private static string? Unsealed(string output, string seal)
    {
        var text = output.AsSpan().TrimEnd();
        foreach (var last in (ReadOnlySpan<string>)[seal, $"\"{seal}\""])
        {
            if (text.EndsWith(last, StringComparison.Ordinal) && text[..^last.Length] is var answer
                && (answer.IsEmpty || char.IsWhiteSpace(answer[^1])))
            {
                return answer.ToString();
            }
        }

        return null;
    }

    private Reply.Failed Unread(string problem, string output) => new(
        string.IsNullOrWhiteSpace(output) ? $"{Name} gave no verdict" : $"{Name} answered {ReplyText.Quote(output)}, but {problem}");

    // Some solvers end with 10 after sat and with 20 after unsat, as those of the SAT competitions do.
    private Reply Explain(Reply reply, string error, int code)
    {
        var isGood = (reply, code) is (_, 0) or (Reply.Satisfiable, 10) or (Reply.Unsatisfiable, 20);
        var complaint = error.Length > 0 ? $": {ReplyText.Quote(error)}" : "";
        return reply switch
        {
            Reply.Failed failed => new Reply.Failed($"{failed.Reason} and ended with code {code}{complaint}"),
            _ when !isGood => new Reply.Failed($"{Name} ended with code {code}{complaint}"),
            Reply.Unsatisfiable or Reply.Satisfiable or Reply.Undecided => reply,
        };
    }

    private Reply Model(string output, Script script)
    {
        var start = output.AsSpan().TrimStart();
        var end = start.IndexOfAny(' ', '\n', '\r');
        var verdict = ReplyText.Verdict(end < 0 ? output : start[..end].ToString(), Name);
        return verdict is Reply.Satisfiable && end >= 0
            ? ReplyText.Model(start[end..].ToString(), script, Name)
            : new Reply.Failed($"{Name} answered sat and then {ReplyText.Quote(output)}");
    }
}
