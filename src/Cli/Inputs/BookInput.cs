using RbpfSpec.Cli.Prove;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics;
using RbpfSpec.Specification;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The specification, read from the project that the working folder is in.</summary>
public static class BookInput
{
    /// <summary>The folder of the project, or nothing where the working folder is in none.</summary>
    public static string? Root => CommittedFiles.Find(null).Ledger is { } ledger ? Path.GetDirectoryName(Path.GetDirectoryName(ledger)) : null;

    /// <summary>Chapters, vectors and the ledger of the project around the working folder.</summary>
    /// <exception cref="UsageException">There is no project around it, or a file of it makes no sense.</exception>
    public static Book Read()
    {
        if (Root is not { } root)
            throw new UsageException("there is no specification around the working folder; expected a folder of the project, which has RbpfSpec.sln and spec/");
        var folder = Path.Combine(root, "spec");
        return new(
            [.. Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Where(IsChapter).Select(Chapter)],
            Vectors(Path.Combine(folder, "vectors", SuiteFiles.JsonName)),
            [.. CommittedFiles.Find(null).Read().Entries.Select(entry => entry.Id)]);
    }

    /// <summary>The same; outside the project, what the rules alone say.</summary>
    public static Book ReadOrRules() => Root is null ? new([], [], []) : Read();

    // Chapters have numbers; what is generated says so in its first line.
    private static bool IsChapter(string path) => char.IsAsciiDigit(Path.GetFileName(path)[0]) && !Files.ReadText(path).StartsWith("<!--", StringComparison.Ordinal);

    private static Chapter Chapter(string path) => Specification.Text.Chapter.Read(Path.GetFileName(path), Files.ReadText(path)) switch
    {
        ChapterReading.Read(var chapter) => chapter,
        ChapterReading.Malformed(_, var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
    };

    private static Sequence<Vector> Vectors(string path) => VectorReader.Read(Files.ReadText(path)) switch
    {
        VectorText.Loaded(var vectors) => vectors,
        VectorText.Malformed(var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
    };
}
