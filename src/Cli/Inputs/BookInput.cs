using RbpfSpec.Conformance.Hosts;
using RbpfSpec.Specification;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The specification, read from the project that the working folder is in.</summary>
public static class BookInput
{
    /// <summary>The folder of the project, or nothing where the working folder is in none.</summary>
    public static string? Root => RootAbove(Environment.CurrentDirectory);

    /// <summary>Chapters, vectors and the ledger of the project around the working folder.</summary>
    /// <exception cref="UsageException">There is no project around it, or a file of it makes no sense.</exception>
    public static Book Read() => Root is { } root
        ? Of(BookReader.Read(root))
        : throw new UsageException(
            "there is no specification around the working folder; expected a folder of the project, which has RbpfSpec.sln and spec/");

    /// <summary>
    /// The chapters of the project around the working folder, else of that which the program was built in; else what the rules
    /// alone say.
    /// </summary>
    /// <exception cref="UsageException">A chapter makes no sense.</exception>
    public static Book ReadChapters() => RootOrOwn is { } root ? Of(BookReader.ReadChapters(root)) : new([], [], []);

    /// <summary>The same, with vectors and ledger.</summary>
    /// <exception cref="UsageException">A file makes no sense.</exception>
    public static Book ReadWithEvidence() => RootOrOwn is { } root ? Of(BookReader.Read(root)) : new([], [], []);

    /// <summary>The vectors of the project around the working folder, else of that which the program was built in.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Suite => RootOrOwn is { } root
        ? Path.Combine(root, "spec", "vectors", "vectors.json")
        : throw new UsageException("there is no suite around the working folder; expected a file of vectors");

    /// <summary>The vectors of hosts of the project around the working folder, else of that which the program was built in.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string HostVectors => RootOrOwn is { } root
        ? Path.Combine(root, "spec", HostVectorFile.Path)
        : throw new UsageException("there are no vectors of hosts around the working folder; expected a file of them");

    private static string? RootOrOwn => Root ?? RootAbove(AppContext.BaseDirectory);

    private static string? RootAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RbpfSpec.sln")) && Directory.Exists(Path.Combine(folder.FullName, "spec")))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static Book Of(BookReading reading) => reading switch
    {
        BookReading.Read(var book) => book,
        BookReading.Malformed(var path, var line, var problem) => throw new UsageException($"{path}, line {line}: {problem}"),
    };
}
