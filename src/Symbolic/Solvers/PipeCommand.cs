using RbpfSpec.Semantics;

namespace RbpfSpec.Symbolic.Solvers;

/// <summary>A program to run, and how it is told to read SMT-LIB 2 from its standard input.</summary>
/// <param name="Path">The program's file.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record PipeCommand(string Path, Sequence<string> Arguments)
{
    private static readonly Sequence<(string Name, Sequence<string> Arguments)> Known =
    [
        ("z3", ["-in", "-smt2"]),
        ("cvc5", ["--lang", "smt2", "--produce-models"]),
        ("boolector", ["--smt2"]),
    ];

    /// <summary>The program with the arguments that its name asks for.</summary>
    /// <param name="path">The file.</param>
    public static PipeCommand Of(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        return new(path, Known.FirstOrDefault(known => IsNamed(name, known.Name)).Arguments);
    }

    /// <summary>The file that a command stands for, as a shell would find it; the command itself if there is none.</summary>
    /// <param name="command">A path, or a name to look for on the search path.</param>
    public static string Locate(string command)
    {
        if (command.AsSpan().ContainsAny('/', System.IO.Path.DirectorySeparatorChar)) return command;
        var names = OperatingSystem.IsWindows() ? (string[])[command, command + ".exe"] : [command];
        var candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            from name in names
            select System.IO.Path.Combine(folder, name);
        return candidates.FirstOrDefault(File.Exists, command);
    }

    // z3 is also called z3-4.13.
    private static bool IsNamed(string name, string known) =>
        name == known || name.StartsWith(known + "-", StringComparison.Ordinal);
}
