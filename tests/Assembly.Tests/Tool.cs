using System.Diagnostics;

namespace RbpfSpec.Assembly.Tests;

/// <summary>A program of LLVM, if this machine has it.</summary>
internal sealed class Tool
{
    private readonly string path;

    private Tool(string path) => this.path = path;

    /// <summary>The first of some programs that is on the search path; null if none is.</summary>
    public static Tool? Find(params string[] names) =>
        (from name in names
         from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
         let path = Path.Combine(folder, name)
         where File.Exists(path)
         select new Tool(path)).FirstOrDefault();

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    public string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{path} {string.Join(' ', arguments)}");
        return text;
    }
}
