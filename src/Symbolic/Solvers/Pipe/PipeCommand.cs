using System.Text.RegularExpressions;

namespace RbpfSpec.Symbolic.Solvers.Pipe;

/// <summary>A program to run, and how it is told to read SMT-LIB 2 from its standard input.</summary>
/// <param name="Path">The program's file.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Defines">Whether it knows <c>define-fun</c>; otherwise it is given constants and equations in its place.</param>
/// <param name="Echoes">Whether it knows <c>echo</c>; otherwise only what it was given shows that it has read a script to its end.</param>
internal sealed partial record PipeCommand(string Path, Sequence<string> Arguments, bool Defines = true, bool Echoes = true)
{
    private static readonly Sequence<KnownSolver> Known =
    [
        new("z3", ["-in", "-smt2"], "brew install z3"),
        new("cvc5", ["--lang", "smt2", "--produce-models"], "brew install cvc5/cvc5/cvc5"),
        new("boolector", ["--smt2"], "brew install boolector", Defines: false, Echoes: false),
    ];

    /// <summary>The program with the arguments that its name asks for.</summary>
    /// <param name="path">The file.</param>
    public static PipeCommand Of(string path) =>
        KnownAs(path) is { } known ? new(path, known.Arguments, known.Defines, known.Echoes) : new(path, []);

    /// <summary>A script's text as the program knows it.</summary>
    public string Adapted(string text) =>
        Defines ? text : Definition().Replace(text, "(declare-fun ${name} () ${sort})\n(assert (= ${name} ${value}))");

    /// <summary>The file that a command stands for, as a shell would find it; null if there is none.</summary>
    /// <param name="command">A path, or a name to look for on the search path.</param>
    public static string? Locate(string command)
    {
        if (command.AsSpan().ContainsAny('/', System.IO.Path.DirectorySeparatorChar)) return File.Exists(command) ? command : null;
        var names = OperatingSystem.IsWindows() ? (string[])[command, command + ".exe"] : [command];
        var candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            from name in names
            select System.IO.Path.Combine(folder, name);
        return candidates.FirstOrDefault(File.Exists);
    }

    /// <summary>Advice about a command that stands for no file, one line.</summary>
    public static string Missing(string command) => KnownAs(command) is { } known
        ? $"the solver '{command}' was not found: on Debian apt-get install {known.Name}, on macOS {known.OnMac}, "
            + $"on Windows put {known.Name}.exe of a release of {known.Name} on PATH; or give its path"
        : $"the solver '{command}' was not found: expected {SolverFactory.Default}, a program on PATH such as "
            + $"{string.Join(" or ", Known.Map(solver => solver.Name))}, or the path of one";

    private static KnownSolver? KnownAs(string path)
    {
        // z3 is also called z3-4.13.
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        return Known.FirstOrDefault(known => name == known.Name || name.StartsWith(known.Name + "-", StringComparison.Ordinal));
    }

    // A definition without parameters on a line of its own, as terms are printed: name, sort, value.
    [GeneratedRegex(
        @"^\(define-fun (?<name>\|[^|]*\||[^\s()]+) \(\) (?<sort>Bool|\(_ BitVec \d+\)|\(Array \(_ BitVec \d+\) \(_ BitVec \d+\)\)) "
        + @"(?<value>.*)\)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Definition();

    // Debian's packages have the names of the programs.
    private sealed record KnownSolver(string Name, Sequence<string> Arguments, string OnMac, bool Defines = true, bool Echoes = true);
}
