using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics;

namespace RbpfSpec.Specification.Tests;

/// <summary>The files that the tests read.</summary>
internal static class Repository
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The text of the committed suite.</summary>
    public static string SuiteText { get; } = File.ReadAllText(Path.Combine(Root, "spec/vectors/vectors.json"));

    /// <summary>The vectors of the committed suite.</summary>
    public static Sequence<Vector> Vectors { get; } = ((VectorText.Loaded)VectorReader.Read(SuiteText)).Vectors;

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
