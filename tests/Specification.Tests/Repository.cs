using System.Text.Json;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics;
using RbpfSpec.Specification.Text;

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

    /// <summary>The committed book.</summary>
    public static Book Book { get; } = new(
        [
            .. Directory.EnumerateFiles(Path.Combine(Root, "spec"), "*.md").Order(StringComparer.Ordinal)
                .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
                .Where(file => file.Text.StartsWith("# ", StringComparison.Ordinal))
                .Select(file => ((ChapterReading.Read)Chapter.Read(file.Name, file.Text)).Chapter),
        ],
        Vectors,
        Ids());

    /// <summary>Whether a path, relative to <c>spec/</c>, is a file or a folder.</summary>
    public static bool Exists(string path) =>
        File.Exists(Path.Combine(Root, "spec", path)) || Directory.Exists(Path.Combine(Root, "spec", path));

    private static Sequence<string> Ids()
    {
        using var ledger = JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, "proofs/ledger.json")));
        return [.. ledger.RootElement.GetProperty("claims").EnumerateObject().Select(claim => claim.Name)];
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "RbpfSpec.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder)!);
}
