namespace RbpfSpec.Images.Tests;

/// <summary>The files of the repository that the tests read.</summary>
internal static class Repository
{
    /// <summary>The examples, without extension.</summary>
    public static IReadOnlyList<string> Examples { get; } =
        ["bubble_sort", "fletcher32", "greeting", "increment", "storage"];

    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>This project's folder.</summary>
    public static string Project => Path.Combine(Root, "tests", "Images.Tests");

    /// <summary>The object of an example.</summary>
    public static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(Root, "examples", name + ".o"));

    /// <summary>The object that holds every kind of reference; its source is beside it.</summary>
    public static byte[] Linking() => File.ReadAllBytes(Path.Combine(Project, "Objects", "linking.o"));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
