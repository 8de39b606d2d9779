using RbpfSpec.Conformance;
using RbpfSpec.Semantics;

namespace RbpfSpec.Specification.Tests;

/// <summary>The specification as it stands in the repository, read once for all tests.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The specification.</summary>
    public static Book Book { get; } = BookReader.Read(Root).ShouldBeOfType<BookReading.Read>().Book;

    /// <summary>The vectors of the committed suite.</summary>
    public static Sequence<Vector> Vectors => Book.Vectors;

    /// <summary>Whether a path, relative to <c>spec/</c>, is a file or a folder.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, "spec", path));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
