using RbpfSpec.Cli.Prove;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Specification;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The book of the project that the working folder is in.</summary>
public static class BookInput
{
    /// <summary>Reads the chapters, the suite and the ledger.</summary>
    /// <exception cref="UsageException">There is no project around the working folder, or one of its files cannot be read.</exception>
    public static Book Read()
    {
        var spec = SpecFolder.Find();
        var vectors = VectorReader.Read(Files.ReadText(Path.Combine(spec, "vectors", "vectors.json"))) switch
        {
            VectorText.Loaded(var loaded) => loaded,
            VectorText.Malformed(var line, var problem) => throw new UsageException($"spec/vectors/vectors.json, line {line}: {problem}"),
        };
        return new(
            [.. Directory.EnumerateFiles(spec, "*.md").Order(StringComparer.Ordinal).Select(ChapterOf)],
            vectors,
            CommittedFiles.Find(null).Read().Entries.Map(entry => entry.Id));
    }

    private static Page ChapterOf(string file)
    {
        var text = Files.ReadText(file);
        return new(Path.GetFileName(file), text.Split('\n')[0].TrimStart('#', ' '), text, IsGenerated: false);
    }
}
