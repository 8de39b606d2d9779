namespace RbpfSpec.Tests;

/// <summary>The files that the tests of assembly read.</summary>
internal static partial class Repository
{
    /// <summary>The objects of the examples.</summary>
    public static IReadOnlyList<string> Objects { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "examples"), "*.o").Order(StringComparer.Ordinal)];

    /// <summary>The test files of bpf_conformance, if they are kept beside the checkout; else none.</summary>
    public static IReadOnlyList<string> ConformanceFiles { get; } =
        Path.Combine(Shared, "bpf_conformance", "tests") is var folder && Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.data").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>A C program that the tests compile.</summary>
    public static string Source(string name) => Path.Combine(Root, "tests", "Assembly.Tests", "Sources", name);
}
