namespace RbpfSpec.Cli.Tests;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Whether the vectors of others stand beside the checkout.</summary>
    public static bool HasShared => Directory.Exists(Path.Combine(Root, "..", "shared", "conformance"));

    /// <summary>The examples, without extension.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["bubble_sort", "fletcher32", "greeting", "increment", "storage"];

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
