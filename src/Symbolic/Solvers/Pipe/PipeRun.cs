using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace RbpfSpec.Symbolic.Solvers.Pipe;

/// <summary>A program from its start to its end, and the watchdog that stops it.</summary>
internal sealed class PipeRun : IDisposable
{
    // Replies are short, but for the values of thousands of terms.
    private const int LongestOutput = 16 << 20;
    private const int LongestError = 1 << 16;

    // How long after a program's end its pipes may still hold something.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Process process = new();
    private readonly TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Timer watchdog;
    private readonly TimeSpan limit;
    private string stopped = "";
    private bool started;
    private bool finished;

    /// <summary>Prepares a program.</summary>
    /// <param name="command">The program.</param>
    /// <param name="limit">When the watchdog stops it, counted from its start.</param>
    public PipeRun(PipeCommand command, TimeSpan limit)
    {
        this.limit = limit;
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        process.StartInfo = new(command.Path, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = text,
            StandardOutputEncoding = text,
            StandardErrorEncoding = text,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        watchdog = new(_ => Stop($"no verdict in {Limits.Text(limit)}"));
    }

    /// <summary>Starts the program, gives it its input, and waits for its end.</summary>
    public PipeResult Complete(string input)
    {
        if (Start() is { Length: > 0 } problem) return new PipeResult.NotStarted(problem);

        // Threads of their own, so that no full pipe makes the program and this process wait for each other.
        var writing = InBackground(() => Write(input));
        var complaining = InBackground(() => Read(process.StandardError, LongestError));
        var answering = InBackground(() => Read(process.StandardOutput, LongestOutput));
        process.WaitForExit();

        // A pipe ends when all that hold it have ended, and the program may have left something behind that does not end.
        var complete = Task.WhenAll(writing, complaining, answering);
        var isComplete = Task.WaitAny([complete, stopping.Task], LastWords) == 0;
        lock (gate)
        {
            finished = true;
            if (stopped.Length > 0) return new PipeResult.Stopped(stopped);
            if (!isComplete) return new PipeResult.Stopped("the solver ended, and left behind a process that holds its pipes");
            var error = complaining.Result.AsSpan().Trim().ToString().Split('\n')[0].Trim();
            return new PipeResult.Ended(answering.Result, error, process.ExitCode, writing.Result);
        }
    }

    /// <summary>Stops the program and all that it started, from any thread; nothing if it has ended.</summary>
    public void Stop(string reason)
    {
        lock (gate)
        {
            if (finished) return;
            if (stopped.Length == 0) stopped = reason;
            stopping.TrySetResult();
            if (started) Kill();
        }
    }

    public void Dispose()
    {
        Stop("disposed of");
        watchdog.Dispose();
        process.Dispose();
    }

    private string Start()
    {
        lock (gate)
        {
            try
            {
                process.Start();
            }
            catch (Exception problem) when (problem is Win32Exception or InvalidOperationException)
            {
                // The runtime's own message names the working folder, which is not what is wrong.
                finished = true;
                return problem is Win32Exception { NativeErrorCode: not 0 } known
                    ? new Win32Exception(known.NativeErrorCode).Message
                    : problem.Message;
            }

            started = true;
            if (stopped.Length > 0) Kill();
            watchdog.Change(limit, Timeout.InfiniteTimeSpan);
            return "";
        }
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or AggregateException)
        {
            // It has ended by itself, or what it started has: there is nothing left to stop.
        }
    }

    // Whether the program took its input to the end.
    private bool Write(string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            return true;
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    private string Read(StreamReader reader, int longest)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            while (text.Length <= longest && reader.Read(buffer) is > 0 and var count) text.Append(buffer, 0, count);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException)
        {
            // Nobody waits for it any more.
        }

        // What prints without end is ended; its reply is as little a verdict as what it printed.
        if (text.Length > longest) Kill();
        return text.ToString();
    }

    private static Task<TResult> InBackground<TResult>(Func<TResult> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}

/// <summary>How a program ended.</summary>
internal abstract record PipeResult
{
    private PipeResult()
    {
    }

    /// <summary>By itself.</summary>
    /// <param name="Output">All that it printed.</param>
    /// <param name="Error">The first line of its standard error; empty if there is none.</param>
    /// <param name="Code">Its exit code.</param>
    /// <param name="TookInput">Whether its input was written to the end.</param>
    public sealed record Ended(string Output, string Error, int Code, bool TookInput) : PipeResult;

    /// <summary>By the watchdog or an interrupt.</summary>
    /// <param name="Reason">Which.</param>
    public sealed record Stopped(string Reason) : PipeResult;

    /// <summary>It never began.</summary>
    /// <param name="Reason">Why, as the system says it.</param>
    public sealed record NotStarted(string Reason) : PipeResult;
}
