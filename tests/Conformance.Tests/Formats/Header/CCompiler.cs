using System.Text.RegularExpressions;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>The compilers of C that there are, and what a test does with one.</summary>
internal static partial class CCompiler
{
    private const int MillisecondsAtMost = 10_000;

    /// <summary>The folder of the committed header and harness.</summary>
    public static readonly string Folder = Path.Combine(Repository.Root, "spec/vectors/c");

    /// <summary>The folder of the machines in C.</summary>
    public static readonly string Machines = Path.Combine(Repository.Root, "tests/Conformance.Tests/CVm");

    /// <summary>The flags of a device's compiler: with them, the header must give no warning.</summary>
    public static readonly string[] Strict =
    [
        "-std=c11", "-Wall", "-Wextra", "-Wconversion", "-Wpedantic", "-Wshadow",
        "-Wstrict-prototypes",
        "-Wmissing-prototypes",
        "-Werror",
    ];

    /// <summary>Those that there are, the usual one first; a machine without one has nothing to show.</summary>
    public static Sequence<string> There { get; } =
    [.. ((string[])["gcc", "clang"]).Where(compiler => External.Start(compiler, ["--version"]) is not null)];

    /// <summary>The committed suite, as far as the header has it, in the order of the file.</summary>
    public static Sequence<Vector> Suite { get; } =
    [
        .. VectorReader
            .Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))
            .ShouldBeOfType<VectorText.Loaded>()
            .Vectors.Where(vector => vector.Needs.IsEmpty && vector.Memory.Count <= 1024),
    ];

    /// <summary>The names of the vectors that are left in the header of <c>rbpf</c> under definitions, in its order.</summary>
    public static List<string> NamesLeft(params string[] definitions)
    {
        var (exitCode, output) = External.Run(
            There[0],
            ["-E", "-P", .. definitions, "-I", Path.Combine(Folder, "rbpf"), Path.Combine(Folder, "rbpf_run.h")]);
        exitCode.ShouldBe(0, output);
        return [.. NamePattern().Matches(output).Select(match => match.Groups[1].Value)];
    }

    /// <summary>The elements that only one of two lists has, in whatever order.</summary>
    public static IEnumerable<string> Difference(IEnumerable<string> left, IEnumerable<string> right)
    {
        HashSet<string> different = [.. left];
        different.SymmetricExceptWith(right);
        return different.Order(StringComparer.Ordinal);
    }

    /// <summary>Builds the harness with further arguments, clean; null if there is no compiler.</summary>
    public static string? Build(DirectoryInfo folder, string name, params string[] arguments)
    {
        if (There.IsEmpty) return null;
        var output = Path.Combine(folder.FullName, name);
        var (exitCode, text) = External.Run(
            There[0],
            ["-O1", "-Wall", "-Wextra", "-Werror", "-I", Path.Combine(Folder, "rbpf"), .. arguments, "-o", output]);
        text.ShouldBe("");
        exitCode.ShouldBe(0);
        return output;
    }

    // An entry of the table begins with its name; the purpose may be there or not.
    [GeneratedRegex("""\{"(?<name>[a-z][^"]*/[^"]*)",""", RegexOptions.ExplicitCapture, MillisecondsAtMost)]
    private static partial Regex NamePattern();
}
