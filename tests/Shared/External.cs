using System.ComponentModel;
using System.Diagnostics;

namespace RbpfSpec.Tests;

/// <summary>Programs beside .NET that tests start: compilers, disassemblers, shells.</summary>
/// <remarks>A test that starts one says so, but for a shell: <c>[Trait("Needs", "compiler")]</c>.</remarks>
internal static class External
{
    // What ./rbpf test --fast sets, so that a test without its trait is found.
    private static readonly bool IsRefused = Environment.GetEnvironmentVariable("RBPFSPEC_TESTS") == "fast";

    /// <summary>The path of the first of some programs that is on the search path; null if none is.</summary>
    public static string? Find(params string[] names)
    {
        Refuse(names[0]);
        return (from name in names
                from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                let path = Path.Combine(folder, name)
                where File.Exists(path)
                select path).FirstOrDefault();
    }

    /// <summary>The output of a program on both streams, and how it ends; a failure if there is no such program.</summary>
    public static (int ExitCode, string Output) Run(string program, params string[] arguments) =>
        Start(program, arguments) ?? throw new FileNotFoundException($"there is no program '{program}'", program);

    /// <summary>The output of a program on both streams, and how it ends; null if there is no such program.</summary>
    /// <param name="program">A path, or a name to look for on the search path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder that it works in; empty for that of this process.</param>
    /// <param name="variables">Variables of its environment.</param>
    public static (int ExitCode, string Output)? Start(
        string program, string[] arguments, string folder = "", params ReadOnlySpan<(string Name, string Value)> variables)
    {
        Refuse(program);
        return Streams(program, arguments, folder, variables) is var (exitCode, output, error) ? (exitCode, output + error) : null;
    }

    /// <summary>A program that goes on running, until whoever began it ends it; its output is read from it.</summary>
    public static Process Begin(string program, params string[] arguments)
    {
        Refuse(program);
        return Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })
            .ShouldNotBeNull();
    }

    /// <summary>The output of a program that every system with a shell has, and how it ends: no need that a test states.</summary>
    public static (int ExitCode, string Output, string Error) Shell(
        string program, string[] arguments, string folder = "", params ReadOnlySpan<(string Name, string Value)> variables) =>
        Streams(program, arguments, folder, variables) ?? throw new FileNotFoundException($"there is no program '{program}'", program);

    /// <summary>Starts a program that goes on running, with its standard input and output at hand: whoever starts it ends it.</summary>
    public static Process Launch(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    }).ShouldNotBeNull();

    private static (int ExitCode, string Output, string Error)? Streams(
        string program, string[] arguments, string folder, ReadOnlySpan<(string Name, string Value)> variables)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start).ShouldNotBeNull();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static void Refuse(string program)
    {
        if (IsRefused)
        {
            throw new InvalidOperationException(
                $"""this test starts {program}, and ./rbpf test --fast starts nothing: it needs [Trait("Needs", "compiler")]""");
        }
    }
}
