using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using RbpfSpec.Conformance;

namespace RbpfSpec.Cli.Bench;

/// <summary>What a peer answers to a request: r0, or why there is none.</summary>
/// <param name="R0">r0, 64 bits.</param>
/// <param name="Trap">The trap, or what else kept it from ending by EXIT.</param>
public readonly record struct PeerAnswer(ulong? R0, string Trap);

/// <summary>Another machine: a process that answers the batch protocol.</summary>
public sealed class Peer : IDisposable
{
    private readonly TimeSpan patience;
    private readonly Process process;
    private readonly StringBuilder complaints = new();

    /// <summary>Starts a machine.</summary>
    /// <param name="name">What tables call it.</param>
    /// <param name="command">A command line for the shell.</param>
    /// <param name="patience">How long one answer may take.</param>
    /// <exception cref="UsageException">There is no shell.</exception>
    public Peer(string name, string command, TimeSpan patience)
    {
        Name = name;
        this.patience = patience;
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
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new UsageException($"peer '{name}' does not start: {exception.Message}");
        }

        process.ErrorDataReceived += (_, line) =>
        {
            lock (complaints) complaints.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>What tables call it.</summary>
    public string Name { get; }

    /// <summary>A request of the protocol, with its line end.</summary>
    public static string Request(ReadOnlySpan<byte> program, ReadOnlySpan<byte> memory) =>
        $$"""{"program":"{{Convert.ToHexStringLower(program)}}","memory":"{{Convert.ToHexStringLower(memory)}}"}""" + "\n";

    /// <summary>Asks the same some times, without waiting in between, and yields the last answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="times">How often.</param>
    /// <param name="subject">What is asked, for complaints.</param>
    /// <exception cref="UsageException">It ends, does not answer, or answers something else.</exception>
    public PeerAnswer Ask(string request, long times, string subject)
    {
        // Both ways at once, so that no full pipe makes the two processes wait for each other.
        var writing = Task.Run(() => Write(request, times));
        var answer = "";
        for (var i = 0L; i < times; i++) answer = Line(subject);
        writing.Wait();
        return Read(answer, subject);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    // What a process that has ended does not take is told where its answer is missed.
    private void Write(string request, long times)
    {
        try
        {
            for (; times > 0; times--) process.StandardInput.Write(request);
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
        }
    }

    private string Line(string subject)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            if (process.StandardOutput.ReadLineAsync(limit.Token).AsTask().GetAwaiter().GetResult() is { } line) return line;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new UsageException($"peer '{Name}' did not answer to {subject} within {patience.TotalSeconds} s");
        }

        process.WaitForExit();
        string said;
        lock (complaints) said = complaints.ToString().Trim().Split('\n')[^1].Trim();
        throw new UsageException(
            $"peer '{Name}' ended with exit code {process.ExitCode} where an answer to {subject} was expected{(said == "" ? "" : $": {said}")}");
    }

    private PeerAnswer Read(string line, string subject)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var answer = document.RootElement;
            if (answer.ValueKind is JsonValueKind.Object)
            {
                if (answer.TryGetProperty("r0", out var r0) && r0.ValueKind is JsonValueKind.String && Hex.TryNumber(r0.GetString()!, out var value))
                    return new(value, "");
                if (answer.TryGetProperty("trap", out var trap) && trap.ValueKind is JsonValueKind.String) return new(null, trap.GetString()!);
            }
        }
        catch (JsonException)
        {
        }

        var shown = line.Length > 60 ? line[..60] + "…" : line;
        throw new UsageException($$"""peer '{{Name}}' answered '{{shown}}' to {{subject}}; expected {"r0":"0x…"} or {"trap":"…"}""");
    }
}
