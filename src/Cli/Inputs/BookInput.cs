using RbpfSpec.Cli.Prove;
using RbpfSpec.Specification;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The specification, read from the project that the working folder is in.</summary>
public static class BookInput
{
    /// <summary>The folder of the project, or nothing where the working folder is in none.</summary>
    public static string? Root => CommittedFiles.Find(null).Ledger is { } ledger ? Path.GetDirectoryName(Path.GetDirectoryName(ledger)) : null;

    /// <summary>Chapters, vectors and the ledger of the project around the working folder.</summary>
    /// <exception cref="UsageException">There is no project around it, or a file of it makes no sense.</exception>
    public static Book Read() => Root is { } root
        ? BookReader.Read(root) switch
        {
            BookReading.Read(var book) => book,
            BookReading.Malformed(var path, var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
        }
        : throw new UsageException("there is no specification around the working folder; expected a folder of the project, which has RbpfSpec.sln and spec/");

    /// <summary>The same; outside the project, what the rules alone say.</summary>
    public static Book ReadOrRules() => Root is null ? new([], [], []) : Read();
}
