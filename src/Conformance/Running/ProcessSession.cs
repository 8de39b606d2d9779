using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
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

    /// <summary>Ends a process and those that it started; it may have ended already.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It was faster.
        }

        process.Dispose();
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
internal sealed class PluginSession(string command, TimeSpan limit) : IMachineSession
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

            if (!process.WaitForExit(limit) || !Task.WaitAll([output, error], limit)) return new MachineReply.TimedOut(limit);
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
/// <param name="command">The command line.</param>
/// <param name="limit">The time for one vector.</param>
internal sealed class BatchSession(string command, TimeSpan limit) : IMachineSession
{
    private Process? process;

    /// <inheritdoc/>
    public MachineReply Run(Vector vector)
    {
        if (process is null)
        {
            process = MachineProcess.Start(command, [], out var problem);
            if (process is null) return new MachineReply.NotStarted(problem);

            // Nobody reads what it complains of, and a full pipe would stop it.
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
        }

        try
        {
            process.StandardInput.WriteLine(VectorWriter.Request(vector));
            process.StandardInput.Flush();
            var reading = process.StandardOutput.ReadLineAsync();
            if (!reading.Wait(limit)) return Ended(new MachineReply.TimedOut(limit));
            return reading.Result is { } line ? Of(line) : Ended(Gone(process));
        }
        catch (IOException)
        {
            return Ended(Gone(process));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (process is not null) MachineProcess.End(process);
        process = null;
    }

    private static MachineReply.Crashed Gone(Process process) =>
        new(process.WaitForExit(TimeSpan.FromSeconds(1)) ? $"exit code {process.ExitCode}" : "it closed its output");

    private static MachineReply Of(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind is not JsonValueKind.Object) return new MachineReply.Nonsense(line);
            if (root.TryGetProperty("r0", out var r0) && r0.ValueKind is JsonValueKind.String && Hex.TryNumber(r0.GetString() ?? "", out var value))
                return new MachineReply.Returned(value);
            return root.TryGetProperty("trap", out var trap)
                ? new MachineReply.Refused(trap.ToString(), root.TryGetProperty("reason", out var reason) ? reason.ToString() : "")
                : new MachineReply.Nonsense(line);
        }
        catch (JsonException)
        {
            return new MachineReply.Nonsense(line);
        }
    }

    private MachineReply Ended(MachineReply reply)
    {
        Dispose();
        return reply;
    }
}
