using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Rocq.Tests;

/// <summary>The vectors of the repository.</summary>
internal static class Suite
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Vector> All { get; } = [.. ((VectorText.Loaded)VectorReader.Read(
        File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))).Vectors];

    /// <summary>A few of each rule, those of the core first, with programs that are not long.</summary>
    /// <param name="most">How many of each.</param>
    public static IReadOnlyList<Vector> Few(int most) => [.. All
        .Where(vector => vector.Program is VectorProgram.Code(var bytes) && bytes.Count < 1000 && vector.Setting.Helpers.IsEmpty)
        .GroupBy(vector => vector.Rule)
        .SelectMany(rule => rule.OrderByDescending(vector => vector.IsCore).Take(most))];
}
