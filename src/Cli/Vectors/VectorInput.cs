using RbpfSpec.Cli.Inputs;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics;

namespace RbpfSpec.Cli.Vectors;

/// <summary>Vectors from files and folders, in any of their formats.</summary>
public static class VectorInput
{
    /// <summary>All of them: read before one is run, so that a file that makes no sense leaves no half report.</summary>
    /// <exception cref="UsageException">There is no such file, it is not of a known format, or there is no vector at all.</exception>
    public static IReadOnlyList<Vector> Read(IEnumerable<string> paths)
    {
        List<Vector> vectors = [.. paths.SelectMany(FilesOf).SelectMany(path => (IEnumerable<Vector>)VectorsOf(path))];
        return vectors.Count > 0
            ? vectors
            : throw new UsageException("there is no vector there; expected suites, .data files or files of JSON lines");
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.data", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    private static Sequence<Vector> VectorsOf(string path)
    {
        var text = Files.ReadText(path);
        var isJson = System.IO.Path.GetExtension(path) is ".jsonl" or ".json";
        var read = !isJson ? DataFile.Read(path, text)
            : VectorReader.IsSuite(text) ? VectorReader.Read(text)
            : JsonLines.Read(path, text);
        return read switch
        {
            VectorText.Loaded(var vectors) => vectors,
            VectorText.Malformed(var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
        };
    }
}
