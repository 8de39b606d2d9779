using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace RbpfSpec.Conformance.Running;

/// <summary>Starts and ends the commands of machines.</summary>
internal static class MachineProcess
{
    /// <summary>The text that stands for the memory in a command line, if the memory is not to come before the options.</summary>
    public const string MemoryPlace = "{memory}";

    // What is added to the number of a signal that ended a process.
    private const int Signalled = 128;
    private const int GreatestSignal = 64;

    /// <summary>Whether an exit code is that of a process that a signal ended, as most crashes do.</summary>
    public static bool IsCrash(int exitCode) => exitCode is > Signalled and <= Signalled + GreatestSignal or < 0;

    /// <summary>An exit code in words.</summary>
    public static string EndOf(int exitCode) =>
        string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{NameOf(exitCode - Signalled)}");

    /// <summary>Starts a command line; null, with the reason, if there is no such command.</summary>
    public static Process? Start(IReadOnlyList<string> words, out string problem)
    {
        problem = "";
        var start = new ProcessStartInfo
        {
            FileName = words.Count > 0 ? words[0] : "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Skip(1)) start.ArgumentList.Add(word);
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
    public static void Kill(Process process)
    {
        try
        {
            // All processes are looked through for those that it started.
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It was faster.
        }
    }

    /// <summary>The words of a command line: separated by spaces, which double quotes keep together.</summary>
    public static IReadOnlyList<string> Split(string command)
    {
        List<string> parts = [];
        foreach (var (piece, index) in command.Split('"').Select((piece, index) => (piece, index)))
        {
            if (index % 2 == 1) parts.Add(piece);
            else parts.AddRange(piece.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return parts;
    }

    /// <summary>
    /// A command with the memory as bpf_conformance gives it: right before the options, if there is any, or where the
    /// command says.
    /// </summary>
    /// <param name="words">The words of the command.</param>
    /// <param name="memory">The memory as text; empty if there is none.</param>
    public static IReadOnlyList<string> WithMemory(IReadOnlyList<string> words, string memory)
    {
        if (words.Any(word => word.Contains(MemoryPlace, StringComparison.Ordinal)))
            return [.. words.Select(word => word.Replace(MemoryPlace, memory, StringComparison.Ordinal))];
        if (memory == "") return words;
        var before = words.TakeWhile((word, index) => index == 0 || !word.StartsWith('-')).Count();
        return [.. words.Take(before), memory, .. words.Skip(before)];
    }

    // As Linux numbers them.
    private static string NameOf(int signal) => signal switch
    {
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        _ => "",
    };
}
