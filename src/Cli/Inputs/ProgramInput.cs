using System.CommandLine;
using RbpfSpec.Images;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The program that a command works on: a file, and how to read it.</summary>
public sealed class ProgramInput
{
    private readonly Argument<string> file;
    private readonly Option<string?> section;
    private readonly Option<string?> function;
    private readonly ChoiceOption<ImageFormat> format;

    /// <summary>The only program of a command.</summary>
    public ProgramInput()
        : this("file", "", "An ELF object of clang, an RBF container, raw program bytes, hexadecimal text, or assembly (.s, .asm); '-' is standard input.")
    {
    }

    /// <summary>A program of a command that takes several.</summary>
    /// <param name="name">The argument's name.</param>
    /// <param name="prefix">What the names of its options begin with, after the dashes.</param>
    /// <param name="description">One sentence.</param>
    public ProgramInput(string name, string prefix, string description)
    {
        file = new(name) { Description = description };
        section = new($"--{prefix}section")
        {
            Description = "The section of an ELF object that holds the program.",
            HelpName = "name",
        };
        function = new($"--{prefix}function") { Description = "The function to start at.", HelpName = "name" };
        format = new($"--{prefix}format", "The form of the file, if it is not to be recognised by its contents.");
    }

    /// <summary>Adds the argument and its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(file);
        command.Options.Add(section);
        command.Options.Add(function);
        command.Options.Add(format);
    }

    /// <summary>The name of the file.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(file);

    /// <summary>The options given, as a command line of the only program of a command has them.</summary>
    public IEnumerable<string> Given(ParseResult parsed)
    {
        if (parsed.GetValue(section) is { } sectionName) yield return $"--section {Words.Quote(sectionName)}";
        if (parsed.GetValue(function) is { } functionName) yield return $"--function {Words.Quote(functionName)}";
        if (parsed.GetValue(format) is { } form) yield return $"--format {form.ToString().ToLowerInvariant()}";
    }

    /// <summary>The image in the file; if there is none, says why on standard error and yields nothing.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public Image? Load(ParseResult parsed)
    {
        var name = Name(parsed);
        var bytes = Files.Read(name);
        var options = new ImageOptions
        {
            Format = parsed.GetValue(format),
            Section = parsed.GetValue(section),
            Function = parsed.GetValue(function),
        };
        if (options.Format is null && System.IO.Path.GetExtension(name) is ".s" or ".S" or ".asm") return Assemble(name, bytes, options);
        switch (ImageFile.Read(bytes, options))
        {
            case ImageResult.Loaded(var image):
                foreach (var note in image.Notes) Console.Error.WriteLine($"rbpf: {name}: note: {note}");
                return image;
            case ImageResult.Malformed(var problem):
                Console.Error.WriteLine($"rbpf: {name}: {problem}");
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static Image? Assemble(string name, byte[] bytes, ImageOptions options)
    {
        switch (AssemblyFile.Read(Files.Text(bytes), options))
        {
            case AssemblyResult.Loaded(var image):
                foreach (var note in image.Notes) Console.Error.WriteLine($"rbpf: {name}: note: {note}");
                return image;
            case AssemblyResult.Malformed(var problems):
                foreach (var problem in problems) Console.Error.WriteLine($"rbpf: {name}: {problem}");
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
