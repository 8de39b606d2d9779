namespace RbpfSpec.Conformance.Tests;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Where the vectors of others are kept: beside the checkout, if at all.</summary>
    public static string Shared => Path.Combine(Path.GetDirectoryName(Root)!, "shared", "conformance");

    /// <summary>The object of an example.</summary>
    public static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(Root, "examples", name + ".o"));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
