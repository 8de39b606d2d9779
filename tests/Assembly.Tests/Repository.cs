namespace RbpfSpec.Assembly.Tests;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The objects of the examples.</summary>
    public static IReadOnlyList<string> Objects { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "examples"), "*.o").Order(StringComparer.Ordinal)];

    /// <summary>The test files of bpf_conformance, if they are kept beside the checkout; else none.</summary>
    public static IReadOnlyList<string> ConformanceFiles { get; } =
        Path.Combine(Path.GetDirectoryName(Root)!, "shared", "conformance", "bpf_conformance", "tests") is var folder
        && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.data").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>A C program that the tests compile.</summary>
    public static string Source(string name) => Path.Combine(Root, "tests", "Assembly.Tests", "Sources", name);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
