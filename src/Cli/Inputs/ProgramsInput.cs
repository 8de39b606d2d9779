using System.CommandLine;
using System.IO.Enumeration;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The programs that a command works on, each for itself: files, and folders of objects.</summary>
public sealed class ProgramsInput
{
    // Nothing is left out in silence: what cannot be listed is an error.
    private static readonly EnumerationOptions Everywhere = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    private readonly ProgramForm form = new("");
    private readonly Argument<string[]> files = new("file")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "An ELF object of clang, an RBF container, a packed program, raw program bytes, hexadecimal text, or assembly; "
            + "'-' is standard input. Several, or a folder, whose objects (*.o) are taken, also those in folders within: "
            + "each is told under its name, and the exit code is that of the worst.",
    };

    /// <summary>Adds the argument and its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(files);
        form.AddTo(command);
    }

    /// <summary>Whether the command line names one file: what is told is of that alone, without its name.</summary>
    public bool IsOne(ParseResult parsed) => parsed.GetRequiredValue(files) is [var only] && !Directory.Exists(only);

    /// <summary>The names of the files, those of a folder in order; each once.</summary>
    /// <exception cref="UsageException">A folder has no objects.</exception>
    /// <exception cref="FileException">A folder cannot be listed.</exception>
    public IReadOnlyList<string> Names(ParseResult parsed) => [.. parsed.GetRequiredValue(files).SelectMany(Within).DistinctBy(Place)];

    /// <summary>The image in a file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="granted">The ids of the helpers that an object may call by name, beside those of a device; all if null.</param>
    /// <exception cref="UsageException">The file holds no program.</exception>
    /// <exception cref="FileException">The file cannot be read.</exception>
    public Image Load(ParseResult parsed, string name, Sequence<uint>? granted) =>
        form.Read(parsed, name, Files.Read(name, FileKind.Program), granted, AddressSpace.Image);

    private static IEnumerable<string> Within(string name)
    {
        if (!Directory.Exists(name)) return [name];
        List<string> found = Listed(name);
        found.Sort(StringComparer.Ordinal);
        return found.Count > 0 ? found : throw new UsageException($"there is no object (*.o) in the folder '{name}'");
    }

    // Links to files count as files, as build systems make them; links to folders are not followed, which may lead around.
    private static List<string> Listed(string folder)
    {
        try
        {
            return
            [
                .. new FileSystemEnumerable<string>(
                    folder, static (ref FileSystemEntry entry) => Plain(entry.ToSpecifiedFullPath()), Everywhere)
                {
                    ShouldIncludePredicate = static (ref FileSystemEntry entry) =>
                        !entry.IsDirectory && entry.FileName.EndsWith(".o", StringComparison.Ordinal),
                    ShouldRecursePredicate =
                        static (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                },
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FileException($"the folder '{folder}' cannot be listed: {exception.Message}", exception);
        }
    }

    // Two spellings of a name are one file.
    private static string Place(string name) => name is "-" or "" ? name : Path.GetFullPath(name);

    // "./x.o" is "x.o", as reports name it.
    private static string Plain(string file) => file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file;
}
