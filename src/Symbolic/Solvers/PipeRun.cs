using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>A program from its start to its end, and the watchdog that stops it.</summary>
internal sealed class PipeRun : IDisposable
{
    // Replies are short, but for the values of thousands of terms.
    private const int LongestOutput = 16 << 20;
    private const int LongestError = 1 << 16;

    private readonly Lock gate = new();
    private readonly Process process = new();
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

        // Three threads, so that no full pipe makes the program and this process wait for each other.
        var writing = InBackground(() => Write(input));
        var complaining = InBackground(() => Read(process.StandardError, LongestError));
        var output = Read(process.StandardOutput, LongestOutput);

        // What prints without end is ended; its reply is as little a verdict as what it printed.
        if (output.Length > LongestOutput) Kill();
        var error = complaining.GetAwaiter().GetResult();
        process.WaitForExit();
        writing.GetAwaiter().GetResult();
        lock (gate)
        {
            finished = true;
            return stopped.Length > 0
                ? new PipeResult.Stopped(stopped)
                : new PipeResult.Ended(output, error.AsSpan().Trim().ToString().Split('\n')[0].Trim(), process.ExitCode);
        }
    }

    /// <summary>Stops the program and all that it started, from any thread; nothing if it has ended.</summary>
    public void Stop(string reason)
    {
        lock (gate)
        {
            if (finished) return;
            if (stopped.Length == 0) stopped = reason;
            if (started) Kill();
        }
    }

    /// <inheritdoc/>
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

    // A program that ends before it has read everything shows in what it printed.
    private bool Write(string input)
    {
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Read(StreamReader reader, int longest)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (text.Length <= longest && reader.Read(buffer) is > 0 and var count) text.Append(buffer, 0, count);
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
    public sealed record Ended(string Output, string Error, int Code) : PipeResult;

    /// <summary>By the watchdog or an interrupt.</summary>
    /// <param name="Reason">Which.</param>
    public sealed record Stopped(string Reason) : PipeResult;

    /// <summary>It never began.</summary>
    /// <param name="Reason">Why, as the system says it.</param>
    public sealed record NotStarted(string Reason) : PipeResult;
}
