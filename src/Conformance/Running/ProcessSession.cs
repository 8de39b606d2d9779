using System.Diagnostics;
using System.Globalization;
using System.Text;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Running;

/// <summary>A machine behind bpf_conformance's plugin protocol.</summary>
/// <param name="machine">The machine.</param>
/// <param name="watch">What is known of whether it works at all.</param>
internal sealed class PluginSession(MachineUnderTest.Plugin machine, StartWatch watch) : IMachineSession
{
    private const int LongestAnswer = 1 << 20;

    // What any pipe takes before the other side reads.
    private const int LeastPipe = 1 << 12;

    // What takes longer is worth another thread.
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<string> words =
        [.. MachineProcess.Split(machine.Command), .. machine.TakesElf ? (ReadOnlySpan<string>)["--elf"] : []];

    // One thread does all that blocks. With one for each pipe, what wakes them takes as long as a small plugin runs.
    private WorkThread thread = new();

    public IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors) => [.. vectors.Select(Run)];

    public void Dispose()
    {
        // Every vector has ended its process.
        thread.Dispose();
    }

    /// <summary>Bytes as bpf_conformance's runner writes them: two digits and two blanks each.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length * 4);
        foreach (var value in bytes) text.Append(CultureInfo.InvariantCulture, $"{value:x2}  ");
        return text.ToString();
    }

    private MachineReply Run(Vector vector)
    {
        if (watch.Verdict is { } verdict) return verdict;
        var code = ((VectorProgram.Code)vector.Program).Bytes;
        var input = Encoding.ASCII.GetBytes(Text(machine.TakesElf ? ElfWriter.Object(code) : code.AsSpan()) + '\n');
        using var process = MachineProcess.Start(MachineProcess.WithMemory(words, Text(vector.Memory.AsSpan())), out var problem);
        if (process is null) return watch.NotStarted(problem);
        var error = new Lazy<string>(() => Read(process.StandardError, process));
        var ending = thread.Do(() =>
        {
            if (input.Length <= LeastPipe) Write(process, input);
            else _ = Task.Run(() => Write(process, input));
            var output = Read(process.StandardOutput, process);
            var ended = (output, error.Value);
            process.WaitForExit();
            return ended;
        });
        if (Task.WaitAny([ending], Fast) < 0)
        {
            // What it says on standard error may fill that pipe before the end of its output.
            using var other = new WorkThread();
            _ = other.Do(() => error.Value);
            try
            {
                ending.WaitAsync(machine.Limit, machine.Clock).GetAwaiter().GetResult();
            }
            catch (TimeoutException)
            {
                MachineProcess.Kill(process);

                // A child of it may hold the pipes: whoever reads them is left to it.
                thread.Dispose();
                thread = new();
                return watch.Silent(new MachineReply.TimedOut(machine.Limit), "");
            }
        }

        watch.Answered();
        var (said, complaint) = ending.GetAwaiter().GetResult();
        return Reply(process.ExitCode, said, complaint);
    }

    private MachineReply Reply(int exitCode, string output, string error)
    {
        if (output.Length > LongestAnswer) return new MachineReply.Nonsense(output);
        var text = output.Trim();
        if (exitCode == 0)
        {
            var digits = text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : text;
            return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var r0)
                ? new MachineReply.Returned(r0)
                : new MachineReply.Nonsense(text);
        }

        if (MachineProcess.IsCrash(exitCode)) return new MachineReply.Crashed(MachineProcess.EndOf(exitCode));
        var message = text == "" ? error.Trim() : text;
        return message == ""
            ? new MachineReply.Nonsense($"exit code {exitCode}, and no message")
            : machine.Words.ReplyOf(message.Split('\n')[0].Trim());
    }

    private static void Write(Process process, byte[] input)
    {
        try
        {
            // Not by the writer of text, which would write a long line in many pieces.
            using var stream = process.StandardInput.BaseStream;
            stream.Write(input);
        }
        catch (IOException)
        {
            // It ended before it read its input; its exit code says more.
        }
    }

    private static string Read(StreamReader reader, Process process)
    {
        var text = new StringBuilder();
        var buffer = new char[512];
        while (reader.Read(buffer) is > 0 and var count)
        {
            text.Append(buffer, 0, count);
            if (text.Length <= LongestAnswer) continue;
            MachineProcess.Kill(process);
            break;
        }

        return text.ToString();
    }
}

/// <summary>A machine behind the batch protocol; if it ends or hangs, the next vector finds a new one.</summary>
/// <param name="machine">The machine.</param>
/// <param name="watch">What is known of whether it works at all.</param>
internal sealed class BatchSession(MachineUnderTest.Batch machine, StartWatch watch) : IMachineSession
{
    // A pipe holds so much on any system: requests of that size are sent before an answer is waited for.
    private const int MostBytes = 1 << 15;

    private const string Unwritten = "; a machine writes out each line at once, see docs/protocols.md";

    private BatchProcess? process;

    // Of so many vectors nobody knows which of them ended the process that they were given to together.
    private int suspects;

    public IReadOnlyList<MachineReply> Run(IReadOnlyList<Vector> vectors)
    {
        var requests = vectors.Select(VectorWriter.Request).ToList();
        List<MachineReply> replies = [];
        while (replies.Count < vectors.Count)
        {
            if (watch.Verdict is { } verdict)
            {
                replies.Add(verdict);
                continue;
            }

            var problem = "";
            process ??= BatchProcess.Start(machine.Command, machine.Clock, out problem);
            if (process is null) replies.Add(watch.NotStarted(problem));
            else Ask(requests, replies);
        }

        return replies;
    }

    public void Dispose()
    {
        process?.Dispose();
        process = null;
    }

    private void Ask(List<string> requests, List<MachineReply> replies)
    {
        var first = replies.Count;
        var count = suspects > 0 ? 1 : Window(requests, first);
        process!.Send(requests.GetRange(first, count));
        for (var i = 0; i < count; i++)
        {
            var line = process.Receive(machine.Limit, out var end);
            if (end is null)
            {
                watch.Answered();
                replies.Add(BatchProcess.Read(line, machine.Words));
                if (suspects > 0) suspects--;
                continue;
            }

            var told = Told(end);
            Dispose();
            if (told is MachineReply.NotStarted || count == 1)
            {
                replies.Add(told);
                if (suspects > 0) suspects--;
            }
            else
            {
                // It may have read on before it ended: those that have no answer are asked one by one.
                suspects = count - i;
            }

            return;
        }
    }

    private MachineReply Told(MachineReply end) =>
        end is MachineReply.NotStarted(var problem) ? watch.NotStarted(problem)
        : process!.HasAnswered || process.HasCrashed ? end
        : watch.Silent(
            end,
            end is MachineReply.TimedOut ? Unwritten
                : process.Complaint is { Length: > 0 } complaint ? $": {complaint}"
                : "");

    private static int Window(List<string> requests, int first)
    {
        var (count, bytes) = (1, requests[first].Length);
        while (first + count < requests.Count && (bytes += requests[first + count].Length + 1) < MostBytes) count++;
        return count;
    }
}
