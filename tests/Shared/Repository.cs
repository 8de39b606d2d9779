namespace RbpfSpec.Tests;

/// <summary>The files of the repository that tests read.</summary>
internal static partial class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root => Folder.Root;

    /// <summary>Where the vectors of others are kept: beside the checkout, if at all.</summary>
    public static string Shared => Path.Combine(Path.GetDirectoryName(Root)!, "shared", "conformance");

    /// <summary>Whether the vectors of others stand beside the checkout.</summary>
    public static bool HasShared => Directory.Exists(Shared);

    /// <summary>The examples that run to their end, without extension.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["bubble_sort", "fletcher32", "greeting", "increment", "storage"];

    /// <summary>The object of an example.</summary>
    public static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(Root, "examples", name + ".o"));

    /// <summary>The applications for a device, without extension.</summary>
    public static IReadOnlyList<string> Applications { get; } =
        ["checksum", "counter", "heart_rate", "moving_average", "sensor_reply", "temperature", "thread_log"];

    /// <summary>The object of an application.</summary>
    public static byte[] Application(string name) => Example($"applications/{name}");

    // In a class of its own: other parts of this one begin with it, in whatever order they are compiled.
    private static class Folder
    {
        public static readonly string Root = Find(AppContext.BaseDirectory);

        private static string Find(string folder) =>
            File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
    }
}
