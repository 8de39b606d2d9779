using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Running;

/// <summary>Starts the commands of machines.</summary>
internal static class MachineProcess
{
    /// <summary>Starts a command line; null, with the reason, if there is no such command.</summary>
    public static Process? Start(string command, IEnumerable<string> arguments, out string problem)
    {
        var parts = Split(command);
        problem = "";
        var start = new ProcessStartInfo
        {
            FileName = parts.Count > 0 ? parts[0] : "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in parts.Skip(1).Concat(arguments)) start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            problem = exception.Message;
            return null;
        }
    }

    /// <summary>Ends a process and those that it started, and forgets it; it may have ended already.</summary>
    public static void End(Process process)
    {
        Kill(process);
        process.Dispose();
    }

    /// <summary>Ends a process and those that it started; it may have ended already.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It was faster.
        }
    }

    // Words separated by spaces; double quotes keep spaces together.
    private static List<string> Split(string command)
    {
        List<string> parts = [];
        foreach (var (piece, index) in command.Split('"').Select((piece, index) => (piece, index)))
        {
            if (index % 2 == 1) parts.Add(piece);
            else parts.AddRange(piece.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return parts;
    }
}

/// <summary>A machine behind bpf_conformance's plugin protocol.</summary>
/// <param name="command">The command line.</param>
/// <param name="limit">The time for one vector.</param>
/// <param name="clock">What it is measured with.</param>
internal sealed class PluginSession(string command, TimeSpan limit, TimeProvider clock) : IMachineSession
{
    // What a shell says of a process that a signal ended, as most crashes do.
    private const int FirstSignal = 129;

    /// <inheritdoc/>
    public MachineReply Run(Vector vector)
    {
        var memory = Convert.ToHexStringLower(vector.Memory.AsSpan());
        if (MachineProcess.Start(command, memory == "" ? [] : [memory], out var problem) is not { } process) return new MachineReply.NotStarted(problem);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            try
            {
                process.StandardInput.WriteLine(Convert.ToHexStringLower(((VectorProgram.Code)vector.Program).Bytes.AsSpan()));
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it read its input; its exit code says more.
            }

            try
            {
                Task.WhenAll(process.WaitForExitAsync(), output, error).WaitAsync(limit, clock).GetAwaiter().GetResult();
            }
            catch (TimeoutException)
            {
                return new MachineReply.TimedOut(limit);
            }

            var text = output.Result.Trim();
            return process.ExitCode switch
            {
                0 when ulong.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var r0) =>
                    new MachineReply.Returned(r0),
                0 => new MachineReply.Nonsense(text),
                >= FirstSignal => new MachineReply.Crashed($"exit code {process.ExitCode}"),
                _ => new MachineReply.Refused("", error.Result.Trim().Split('\n')[0]),
            };
        }
        finally
        {
            MachineProcess.End(process);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Every vector has ended its process.
    }
}

/// <summary>A machine behind the batch protocol; if it ends or hangs, the next vector finds a new one.</summary>
/// <param name="command">The command line, for the shell.</param>
/// <param name="limit">The time for one vector.</param>
/// <param name="clock">What it is measured with.</param>
internal sealed class BatchSession(string command, TimeSpan limit, TimeProvider clock) : IMachineSession
{
    private BatchProcess? process;

    /// <inheritdoc/>
    public MachineReply Run(Vector vector)
    {
        var problem = "";
        process ??= BatchProcess.Start(command, clock, out problem);
        if (process is null) return new MachineReply.NotStarted(problem);
        process.Send(VectorWriter.Request(vector));
        var line = process.Receive(limit, out var end);
        if (end is null) return BatchProcess.Read(line);
        Dispose();
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process?.Dispose();
        process = null;
    }
}
