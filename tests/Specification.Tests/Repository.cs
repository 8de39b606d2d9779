using RbpfSpec.Conformance;
using RbpfSpec.Specification;

namespace RbpfSpec.Tests;

/// <summary>The specification as it stands in the repository, read once for all tests.</summary>
internal static partial class Repository
{
    /// <summary>The specification.</summary>
    public static Book Book { get; } = BookReader.Read(Root).ShouldBeOfType<BookReading.Read>().Book;

    /// <summary>The vectors of the committed suite.</summary>
    public static Sequence<Vector> Vectors => Book.Vectors;

    /// <summary>Whether a path, relative to <c>spec/</c>, is a file or a folder.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, "spec", path));
}
