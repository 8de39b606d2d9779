using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.ProgramReports;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Running;

/// <summary>A process that answers the batch protocol: the one client of it, for suites and for measurements.</summary>
public sealed class BatchProcess : IDisposable
{
    // What a shell says of a command that it does not find, or that is none.
    private const int NotFound = 127;
    private const int NotExecutable = 126;

    // What a pipe takes at least, on Linux, before the other side reads.
    private const int PipeSize = 1 << 16;
    private const int MostComplaints = 1 << 16;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private readonly Process process;
    private readonly LineReader answers;
    private readonly StringBuilder complaints = new();
    private Task writing = Task.CompletedTask;

    private BatchProcess(Process process, TimeProvider clock)
    {
        this.process = process;
        this.clock = clock;
        answers = new(process.StandardOutput.BaseStream);
        process.StandardInput.AutoFlush = false;

        // Read as it comes: a full pipe would stop the process.
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints)
            {
                if (complaints.Length > MostComplaints) complaints.Clear();
                complaints.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a process; null, with the reason, if there is no shell to start it with.</summary>
    /// <param name="command">A command line for the shell.</param>
    /// <param name="clock">What limits of time are measured with.</param>
    /// <param name="problem">The reason; else empty.</param>
    /// <param name="folder">The folder to run it in; the working folder if it is empty.</param>
    public static BatchProcess? Start(string command, TimeProvider clock, out string problem, string folder = "")
    {
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        string[] shell = OperatingSystem.IsWindows() ? ["cmd", "/c", command] : ["/bin/sh", "-c", command];
        ProcessStartInfo start = new(shell[0], shell[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = text,
            StandardOutputEncoding = text,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        problem = "";
        try
        {
            return new(Process.Start(start)!, clock);
        }
        catch (Win32Exception exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Whether it has answered anything.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether a signal ended it, as crashes do, and not <see cref="Receive"/> or <see cref="Dispose"/>.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>The last line that it wrote to standard error; empty if there is none.</summary>
    public string Complaint
    {
        get
        {
            lock (complaints) return complaints.ToString().Trim().Split('\n')[^1].Trim();
        }
    }

    /// <summary>
    /// Sends a request some times, without waiting for answers; what a process that has ended does not take is told where
    /// its answer is missed.
    /// </summary>
    /// <param name="request">One line, without its end.</param>
    /// <param name="times">How often.</param>
    public void Send(string request, long times = 1) => Write(() =>
    {
        for (; times > 0; times--)
        {
            process.StandardInput.Write(request);
            process.StandardInput.Write('\n');
        }
    });

    /// <summary>Sends requests, without waiting for answers. If they are more than a pipe holds, they go on being sent meanwhile.</summary>
    /// <param name="requests">Lines, without their ends.</param>
    public void Send(IReadOnlyList<string> requests)
    {
        // A machine that reads nothing would stop us.
        if (requests.Sum(request => (long)request.Length + 1) < PipeSize) WriteAll();
        else writing = Task.Run(WriteAll);

        void WriteAll() => Write(() =>
        {
            foreach (var request in requests)
            {
                process.StandardInput.Write(request);
                process.StandardInput.Write('\n');
            }
        });
    }

    /// <summary>The next line that it answers.</summary>
    /// <param name="limit">The time for it.</param>
    /// <param name="end">
    /// Null, or why there is none: it did not come in time, the process ended, or there is no such command. The process is
    /// ended then.
    /// </param>
    public string Receive(TimeSpan limit, out MachineReply? end)
    {
        end = null;
        var began = clock.GetTimestamp();
        while (end is null)
        {
            if (answers.Take() is { } line) return Answer(line);
            if (answers.IsTooLong)
            {
                end = new MachineReply.Nonsense(answers.Rest);
            }
            else if (clock.GetElapsedTime(began) >= limit || IsMore(limit) is not { } isMore)
            {
                end = new MachineReply.TimedOut(limit);
            }
            else if (!isMore)
            {
                if (answers.TakeLast() is { } last) return Answer(last);
                end = Gone();
            }
        }

        MachineProcess.Kill(process);
        return "";
    }

    /// <summary>The reply that a line of the protocol stands for, in the protocol's own words.</summary>
    /// <param name="line">One line.</param>
    public static MachineReply Read(string line) => Read(line, MachineWords.OfProtocol);

    /// <summary>The reply that a line of the protocol stands for.</summary>
    /// <param name="line">One line.</param>
    /// <param name="words">What the machine's words stand for.</param>
    public static MachineReply Read(string line, MachineWords words)
    {
        using var document = JsonInput.Parse(line, out _);
        if (document is null) return new MachineReply.Nonsense(line);
        var node = new JsonNode(document.RootElement, "", new());
        if (!node.IsObject) return new MachineReply.Nonsense(line);
        var (r0, trap, rejected) = (node.Field("r0"), node.Field("trap"), node.Field("rejected"));
        var state = State(node);
        var reason = node.Field("reason")?.Element.ToString() ?? "";
        MachineReply? reply = (r0, trap, rejected) switch
        {
            ({ } value, null, null) => new MachineReply.Returned(value.Number()),
            (null, { } word, null) => words.ReplyOf(word.Text(), reason),
            (null, null, { Element.ValueKind: System.Text.Json.JsonValueKind.True }) => new MachineReply.Rejected(reason),

            // None, or two that contradict each other.
            _ => null,
        };
        if (reply is null || node.Problem.Exists) return new MachineReply.Nonsense(line);
        if (reply is MachineReply.Trapped trapped)
        {
            reply = trapped with
            {
                Slot = trapped.Slot ?? (state is { ProgramCounter: { } slot } ? slot : null),
                Explanation = node.Field(TrapReportJson.Detail)?.Element is { ValueKind: System.Text.Json.JsonValueKind.String } detail
                    ? detail.ToString()
                    : "",
            };
        }

        return reply with { State = state };
    }

    public void Dispose()
    {
        MachineProcess.Kill(process);

        // What was being written has lost its reader.
        _ = writing.ContinueWith(_ => process.Dispose(), TaskScheduler.Default);
    }

    private string Answer(string line)
    {
        HasAnswered = true;
        return line;
    }

    // Whether more has come; null if nothing comes in time.
    private bool? IsMore(TimeSpan limit)
    {
        try
        {
            var reading = answers.Fill();
            var read = reading.IsCompleted
                ? reading.GetAwaiter().GetResult()
                : reading.AsTask().WaitAsync(limit, clock).GetAwaiter().GetResult();
            return read > 0;
        }
        catch (TimeoutException)
        {
            return null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Write(Action write)
    {
        try
        {
            write();
            process.StandardInput.Flush();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It ended.
        }
    }

    private MachineReply Gone()
    {
        var isOver = process.WaitForExit(LastWords);
        try
        {
            // This waits for what is left on standard error, too; for ever, if a child of the process holds that.
            if (isOver) process.WaitForExitAsync().WaitAsync(LastWords).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // Then it has no last words.
        }

        HasCrashed = isOver && MachineProcess.IsCrash(process.ExitCode);
        return isOver && !HasAnswered && process.ExitCode is NotFound or NotExecutable
            ? new MachineReply.NotStarted(Complaint)
            : new MachineReply.Crashed(isOver ? MachineProcess.EndOf(process.ExitCode) : "it closed its output");
    }

    // What a machine tells beyond the protocol's answer: nothing, or some of it.
    private static ToldState.Theirs? State(JsonNode node)
    {
        var pc = node.Field("pc")?.Count();
        var registers = node.Field("registers") is { } told
            ? (Sequence<ulong>?)[.. told.Items(Registers<Word>.Count * 2).Select(register => register.Number())]
            : null;
        return pc is null && registers is null ? null : new ToldState.Theirs(pc, registers);
    }
}
