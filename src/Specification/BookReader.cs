using System.Text.Json;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Specification.Text;

namespace RbpfSpec.Specification;

/// <summary>Reads the specification from the folder of the project.</summary>
public static class BookReader
{
    /// <summary>Reads chapters, vectors and ledger.</summary>
    /// <param name="root">The folder that has <c>spec/</c> and <c>proofs/</c>.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BookReading Read(string root)
    {
        var chapters = ReadChapters(root);
        if (chapters is not BookReading.Read(var text)) return chapters;
        var suite = Path.Combine(root, "spec", "vectors", SuiteFiles.JsonName);
        var ledger = Path.Combine(root, "proofs", "ledger.json");
        var packing = Path.Combine(root, "spec", PackingVector.Path);
        try
        {
            return (VectorReader.Read(File.ReadAllText(suite)), LedgerText.Read(File.ReadAllText(ledger))) switch
            {
                (VectorText.Malformed(var line, var problem), _) => new BookReading.Malformed(suite, line, problem),
                (_, LedgerReading.Malformed(var problem)) => new BookReading.Malformed(ledger, 1, problem),
                (VectorText.Loaded(var vectors), LedgerReading.Read(var claims)) =>
                    new BookReading.Read(new(text.Chapters, vectors, [.. claims.Entries.Select(entry => entry.Id)])
                    {
                        PackingVectors = PackingVector.Read(File.ReadAllText(packing)),
                    }),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (JsonException exception)
        {
            return new BookReading.Malformed(packing, 1 + (int)(exception.LineNumber ?? 0), exception.Message);
        }
    }

    /// <summary>Reads the chapters alone, which takes a hundredth of the time.</summary>
    /// <param name="root">The folder that has <c>spec/</c>.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BookReading ReadChapters(string root)
    {
        var folder = Path.Combine(root, "spec");
        List<Chapter> chapters = [];
        foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(path).ReplaceLineEndings("\n");
            if (!IsChapter(path, text)) continue;
            var reading = Chapter.Read(Path.GetFileName(path), text);
            if (reading is ChapterReading.Malformed(_, var line, var problem)) return new BookReading.Malformed(path, line, problem);
            if (reading is ChapterReading.Read(var chapter)) chapters.Add(chapter);
        }

        return new BookReading.Read(new(chapters.ToSequence(), [], []));
    }

    // Chapters have numbers; what is generated says so in its first line.
    private static bool IsChapter(string path, string text) =>
        char.IsAsciiDigit(Path.GetFileName(path)[0]) && !text.StartsWith("<!--", StringComparison.Ordinal);
}

/// <summary>The result of reading the specification.</summary>
public abstract record BookReading
{
    private BookReading()
    {
    }

    /// <summary>It was read.</summary>
    public sealed record Read(Book Book) : BookReading;

    /// <summary>A file makes no sense.</summary>
    /// <param name="Path">The file.</param>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Problem">What was found there, and what would be right.</param>
    public sealed record Malformed(string Path, int Line, string Problem) : BookReading;
}
