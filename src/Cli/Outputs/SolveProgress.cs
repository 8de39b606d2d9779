using System.Diagnostics;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

using static System.FormattableString;

namespace RbpfSpec.Cli.Outputs;

/// <summary>Tells on standard error how far a search has come, if it takes long: a line that replaces itself on a terminal.</summary>
public sealed class SolveProgress : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan InFile = TimeSpan.FromSeconds(10);

    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private TimeSpan next;
    private int width;

    /// <summary>Progress of a search that begins now.</summary>
    public SolveProgress() => next = isTerminal ? OnTerminal : InFile;

    /// <summary>Tells how far it is, if that was not told just before.</summary>
    public void Tell(SearchProgress progress)
    {
        if (watch.Elapsed < next) return;
        next = watch.Elapsed + (isTerminal ? OnTerminal : InFile);
        var waiting = Invariant($"{progress.Waiting} waiting{(progress.Merges ? ", merging those that meet" : "")}");
        var done = $"{Counted.Of(progress.Paths, "path")} followed, {waiting}, {Counted.Of(progress.Questions, "question")}";
        var line = Invariant($"{watch.Elapsed.TotalSeconds:F0} s: {done}");
        if (isTerminal) Console.Error.Write($"\r{line.PadRight(width)}");
        else Console.Error.WriteLine(line);
        width = line.Length;
    }

    /// <summary>Removes the line.</summary>
    public void Dispose()
    {
        if (isTerminal && width > 0) Console.Error.Write($"\r{new string(' ', width)}\r");
    }
}
