using System.CommandLine;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Vectors;

/// <summary>The vectors that a command line names.</summary>
public static class VectorInput
{
    /// <summary>The argument: files and folders, at least one.</summary>
    /// <param name="also">What else it may be.</param>
    public static Argument<string[]> Paths(string also = "") => new("paths")
    {
        Description = "Suites (.json), folders of .data files, .data files, "
            + (also == "" ? "and files of JSON lines (.jsonl)." : $"files of JSON lines (.jsonl){also}."),
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>All of them, none of them in a file that cannot be read as vectors.</summary>
    /// <exception cref="UsageException">A file makes no sense, or there is no vector at all.</exception>
    public static IReadOnlyList<Vector> Read(IEnumerable<string> paths, Profile profile)
    {
        var (vectors, faults) = ReadAll(paths, profile);
        return faults.Count == 0 ? vectors : throw new UsageException(faults[0]);
    }

    /// <summary>All of them, and the files of folders that are none.</summary>
    /// <exception cref="UsageException">A file that is named makes no sense, or there is no vector at all.</exception>
    public static VectorSet ReadAll(IEnumerable<string> paths, Profile profile) =>
        VectorFiles.Read(paths, profile, out var problem) ?? throw new UsageException(problem);

    /// <summary>The vectors of the core.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static IReadOnlyList<Vector> CoreOf(IReadOnlyList<Vector> vectors)
    {
        List<Vector> marked = [.. vectors.Where(vector => vector.IsCore)];
        return marked.Count > 0
            ? marked
            : throw new UsageException(
                "--core: none of these vectors is of a core; expected a suite that 'conformance generate' has written, as JSON");
    }
}
