using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Inputs;

/// <summary>How to read the file of a program: which section, which function, which form.</summary>
public sealed class ProgramForm
{
    private readonly TextOption section;
    private readonly TextOption function;
    private readonly ChoiceOption<ProgramFormat> format;

    /// <summary>The options.</summary>
    /// <param name="prefix">The beginning of their names, after the dashes.</param>
    public ProgramForm(string prefix)
    {
        section = new($"--{prefix}section", "name", "The section of an ELF object that holds the program.");
        function = new($"--{prefix}function", "name", "The function to start at.");
        format = new(
            $"--{prefix}format",
            "The form of the file, where its contents and its name (.s and .asm are assembly) do not tell: "
            + "raw: program bytes; hex: bytes as hexadecimal text; elf: an object; rbf: a container; "
            + "packed: what 'rbpf pack' writes; asm: assembly text.");
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(section);
        command.Options.Add(function);
        command.Options.Add(format);
    }

    /// <summary>The options given, as a command line of the only program of a command has them.</summary>
    public IEnumerable<string> Given(ParseResult parsed)
    {
        if (parsed.GetValue(section) is { } sectionName) yield return $"--section {Shell.Quoted(sectionName)}";
        if (parsed.GetValue(function) is { } functionName) yield return $"--function {Shell.Quoted(functionName)}";
        if (parsed.GetValue(format) is { } form) yield return $"--format {form.ToString().ToLowerInvariant()}";
    }

    /// <summary>The image in a file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="bytes">Its contents.</param>
    /// <param name="granted">The ids of the helpers that an object may call by name, beside those of a device; all if null.</param>
    /// <param name="baseAddress">The address of the image.</param>
    /// <exception cref="UsageException">It holds no program.</exception>
    public Image Read(ParseResult parsed, string name, byte[] bytes, Sequence<uint>? granted, ulong baseAddress) =>
        ProgramFile.Read(name, bytes, parsed.GetValue(format), Options(parsed, granted, baseAddress)) switch
        {
            ProgramReading.Loaded(var image) => image,
            ProgramReading.Malformed(var problems) => throw new UsageException(
                [.. problems.Select(problem => $"{Escaped.Line(name)}: {problem}")]),
        };

    /// <summary>The sections of instructions of an object, those that are asked for; null if the file is no object.</summary>
    /// <exception cref="UsageException">It is a malformed object, or has no such section or function.</exception>
    public Sequence<CodeRange>? Sections(ParseResult parsed, string name, byte[] bytes)
    {
        if (!ProgramFile.IsObject(name, bytes, parsed.GetValue(format))) return null;
        var sections = ImageFile.ReadSections(bytes) switch
        {
            SectionsResult.Loaded(var loaded) => loaded,
            SectionsResult.Malformed(var problem) => throw new UsageException($"{Escaped.Line(name)}: {problem}"),
        };
        return CodeRange.Chosen(sections, parsed.GetValue(section), parsed.GetValue(function), out var lack)
            ?? throw new UsageException($"{Escaped.Line(name)}: {lack}");
    }

    private ImageOptions Options(ParseResult parsed, Sequence<uint>? granted, ulong baseAddress) => new()
    {
        BaseAddress = baseAddress,
        Section = parsed.GetValue(section),
        Function = parsed.GetValue(function),

        // Those of a device are found whatever is granted: who checks the program knows better what to say of them.
        Helpers =
        [
            .. HelperCatalogue.Declarations
                .Where(helper => granted is not { } ids || ids.Contains(helper.Id) || HelperCatalogue.OfDevice.Contains(helper)),
        ],
    };
}
