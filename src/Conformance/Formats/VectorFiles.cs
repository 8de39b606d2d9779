using RbpfSpec.FileSystem;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Vectors, and the files of folders that are none.</summary>
/// <param name="Vectors">The vectors.</param>
/// <param name="Faults">A line for each file of a folder that cannot be read as vectors: file, line, problem.</param>
public sealed record VectorSet(IReadOnlyList<Vector> Vectors, IReadOnlyList<string> Faults);

/// <summary>Vectors from files and folders, in any of their formats.</summary>
public static class VectorFiles
{
    /// <summary>The end of the name of a file that is taken for a vector.</summary>
    public const string DataExtension = ".data";

    /// <summary>All of them: read before one is run, so that a file that makes no sense leaves no half report.</summary>
    /// <param name="paths">Files, and folders; a file of a folder that makes no sense is left out, and told.</param>
    /// <param name="profile">The machine variant, whose memory the regions of vectors must fit.</param>
    /// <param name="problem">
    /// What is wrong: a file that is named is not of a known format, or there is no vector at all; empty if nothing is.
    /// </param>
    /// <returns>Null if something is wrong.</returns>
    /// <exception cref="FileException">A file cannot be read.</exception>
    public static VectorSet? Read(IEnumerable<string> paths, Profile profile, out string problem)
    {
        List<Vector> vectors = [];
        List<string> faults = [];
        problem = "";
        foreach (var path in paths)
        {
            var isFolder = Directory.Exists(path);
            foreach (var file in isFolder ? InFolder(path) : [path])
            {
                var fault = Add(file, profile, vectors);
                if (fault is null) continue;
                faults.Add(fault);
                if (isFolder) continue;
                problem = fault;
                return null;
            }
        }

        if (vectors.Count > 0) return new(vectors, faults);
        var names = string.Join(", ", paths.Select(static path => $"'{path}'"));
        problem = faults.Count > 0 ? faults[0] : $"there is no vector in {names}; expected suites, .data files or files of JSON lines";
        return null;
    }

    // The files of a folder, and of those in it, that are taken for vectors.
    private static IEnumerable<string> InFolder(string folder) =>
        Directory.EnumerateFiles(folder, $"*{DataExtension}", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    // Adds the vectors of a file; yields what is wrong with it, if something is.
    private static string? Add(string path, Profile profile, List<Vector> vectors)
    {
        var text = Files.ReadText(path);
        var isJson = Path.GetExtension(path) is ".jsonl" or ".json" || (path == "-" && text.AsSpan().TrimStart().StartsWith("{"));
        var read = !isJson ? DataFile.Read(path, text)
            : VectorReader.IsSuite(text) ? VectorReader.Read(text)
            : JsonLines.Read(path, text);
        switch (read)
        {
            case VectorText.Malformed(var line, var problem):
                return $"{path}, line {line}: {problem}";
            case VectorText.Loaded(var loaded):
                var machine = new VectorMachine(profile);
                foreach (var vector in loaded.Where(vector => !vector.Setting.Regions.IsEmpty))
                {
                    if (machine.Problem(vector.Memory, vector.Setting) is { } overlap)
                        return $"{path}: {vector.Name}: {overlap}; expected regions apart from each other, and from stack and context";
                }

                vectors.AddRange(loaded);
                return null;
            default:
                return null;
        }
    }
}
