using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using RbpfSpec.Semantics;

namespace RbpfSpec.Conformance.Running;

/// <summary>A process that answers the batch protocol: the one client of it, for suites and for measurements.</summary>
public sealed class BatchProcess : IDisposable
{
    // What a shell says of a command that it does not find, or that is none.
    private const int NotFound = 127;
    private const int NotExecutable = 126;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private readonly Process process;
    private readonly StringBuilder complaints = new();
    private bool hasAnswered;

    private BatchProcess(Process process, TimeProvider clock)
    {
        this.process = process;
        this.clock = clock;

        // Read as it comes: a full pipe would stop the process.
        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints) complaints.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts a process; null, with the reason, if there is no shell to start it with.</summary>
    /// <param name="command">A command line for the shell.</param>
    /// <param name="clock">What limits of time are measured with.</param>
    /// <param name="problem">The reason; else empty.</param>
    public static BatchProcess? Start(string command, TimeProvider clock, out string problem)
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

    /// <summary>The last line that it wrote to standard error; empty if there is none.</summary>
    public string Complaint
    {
        get
        {
            lock (complaints) return complaints.ToString().Trim().Split('\n')[^1].Trim();
        }
    }

    /// <summary>Sends a request some times, without waiting for answers; what a process that has ended does not take is told where its answer is missed.</summary>
    /// <param name="request">One line, without its end.</param>
    /// <param name="times">How often.</param>
    public void Send(string request, long times = 1)
    {
        try
        {
            for (; times > 0; times--)
            {
                process.StandardInput.Write(request);
                process.StandardInput.Write('\n');
            }

            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It ended.
        }
    }

    /// <summary>The next line that it answers.</summary>
    /// <param name="limit">The time for it.</param>
    /// <param name="end">Null, or why there is none: it did not come in time, the process ended, or there is no such command. The process is ended then.</param>
    public string Receive(TimeSpan limit, out MachineReply? end)
    {
        end = null;
        try
        {
            var reading = process.StandardOutput.ReadLineAsync();
            if ((reading.IsCompleted ? reading : reading.WaitAsync(limit, clock)).GetAwaiter().GetResult() is { } line)
            {
                hasAnswered = true;
                return line;
            }

            end = Gone();
        }
        catch (TimeoutException)
        {
            end = new MachineReply.TimedOut(limit);
        }
        catch (IOException)
        {
            end = Gone();
        }

        MachineProcess.Kill(process);
        return "";
    }

    /// <summary>What an answer says.</summary>
    /// <param name="line">One line.</param>
    public static MachineReply Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object || !TryState(root, out var state)) return new MachineReply.Nonsense(line);
            if (root.TryGetProperty("r0", out var r0) && TryNumber(r0, out var value)) return new MachineReply.Returned(value) { State = state };
            return root.TryGetProperty("trap", out var trap) && trap.ValueKind is JsonValueKind.String
                ? new MachineReply.Refused(trap.ToString(), root.TryGetProperty("reason", out var reason) ? reason.ToString() : "")
                {
                    State = state,
                    Explanation = root.TryGetProperty(TrapReportJson.Detail, out var detail) && detail.ValueKind is JsonValueKind.String ? detail.ToString() : "",
                }
                : new MachineReply.Nonsense(line);
        }
        catch (JsonException)
        {
            return new MachineReply.Nonsense(line);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        MachineProcess.Kill(process);
        process.Dispose();
    }

    private MachineReply Gone()
    {
        var isOver = process.WaitForExit(LastWords);

        // Without a limit it waits for what is left on standard error, too.
        if (isOver) process.WaitForExit();
        return isOver && !hasAnswered && process.ExitCode is NotFound or NotExecutable
            ? new MachineReply.NotStarted(Complaint)
            : new MachineReply.Crashed(isOver ? string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}") : "it closed its output");
    }

    // What a machine tells beyond the protocol's answer: nothing, or some of it.
    private static bool TryState(JsonElement root, out ToldState? state)
    {
        state = null;
        ulong? told = null;
        Sequence<ulong>? values = null;
        if (root.TryGetProperty("pc", out var pc))
        {
            if (pc.ValueKind is not JsonValueKind.Number || !pc.TryGetUInt64(out var slot)) return false;
            told = slot;
        }

        if (root.TryGetProperty("registers", out var registers))
        {
            if (registers.ValueKind is not JsonValueKind.Array) return false;
            List<ulong> numbers = [];
            foreach (var register in registers.EnumerateArray())
            {
                if (!TryNumber(register, out var number)) return false;
                numbers.Add(number);
            }

            values = numbers.ToSequence();
        }

        if (told is not null || values is not null) state = new ToldState.Theirs(told, values);
        return true;
    }

    private static bool TryNumber(JsonElement element, out ulong number)
    {
        number = 0;
        return element.ValueKind is JsonValueKind.String && Hex.TryNumber(element.GetString() ?? "", out number);
    }
}
