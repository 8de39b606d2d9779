namespace RbpfSpec.Conformance.Tests.Fixtures;

/// <summary>Programs in C that tests compile; where there is no compiler, a test has nothing to show.</summary>
internal static class CMachine
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/Conformance.Tests/CVm");

    /// <summary>The files of the machine itself, without a protocol or a harness.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["vm.c", "preflight.c", "helpers.c"];

    /// <summary>Compiles sources of the folder CVm; null if there is no compiler.</summary>
    public static string? Build(DirectoryInfo folder, string name, params IEnumerable<string> sources) =>
        Compile(folder, name, [.. sources.Select(source => source.StartsWith('-') ? source : PathOf(source))]);

    /// <summary>The path of a file of the folder CVm.</summary>
    public static string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Compiles the text of a program; null if there is no compiler.</summary>
    public static string? BuildText(DirectoryInfo folder, string name, string text)
    {
        var source = Path.Combine(folder.FullName, $"{name}.c");
        File.WriteAllText(source, text);
        return Compile(folder, name, [source]);
    }

    private static string? Compile(DirectoryInfo folder, string name, string[] arguments)
    {
        var output = Path.Combine(folder.FullName, name);
        foreach (var compiler in (string[])["cc", "gcc", "clang"])
        {
            string[] all = ["-O1", "-Wall", "-Wextra", "-Werror", .. arguments, "-o", output];
            if (External.Start(compiler, all) is not var (exitCode, text)) continue;
            text.ShouldBe("");
            exitCode.ShouldBe(0);
            return output;
        }

        return null;
    }
}
