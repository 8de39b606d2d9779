namespace RbpfSpec.Spec.Tests;

/// <summary>The files of the repository that the tests read.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
