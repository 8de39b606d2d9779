using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Images.Packing;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The program that a command works on: a file, and how to read it.</summary>
public sealed class ProgramInput
{
    // An address other than the usual one, at which any image finds room below 4 GiB.
    private const ulong MovedBase = AddressSpace.Image + 0x0800_0000;

    private readonly Argument<string> file;
    private readonly Option<string?> section;
    private readonly Option<string?> function;
    private readonly ChoiceOption<ProgramFormat> format;
    private (ParseResult Command, byte[] Bytes)? bytesOf;

    /// <summary>The only program of a command.</summary>
    public ProgramInput()
        : this("file", "",
            "An ELF object of clang, an RBF container, a packed program, raw program bytes, hexadecimal text, or assembly; "
            + "'-' is standard input.")
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
        format = new(
            $"--{prefix}format",
            "The form of the file, where its contents and its name (.s and .asm are assembly) do not tell: "
            + "raw: program bytes; hex: bytes as hexadecimal text; elf: an object; rbf: a container; "
            + "packed: what 'rbpf pack' writes; asm: assembly text.");
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

    /// <summary>The image in the file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="granted">The ids of the helpers that an object may call by name, beside those of a device; all if null.</param>
    /// <exception cref="UsageException">The file cannot be read, or holds no program.</exception>
    public Image Load(ParseResult parsed, Sequence<uint>? granted = null)
    {
        var image = Load(parsed, granted, AddressSpace.Image);
        foreach (var note in image.Notes) Console.Error.WriteLine($"rbpf: {Name(parsed)}: note: {note}");
        return image;
    }

    /// <summary>The program in the file, to be packed: a container or a packed program as it is, of all else what is loaded.</summary>
    /// <exception cref="UsageException">The file cannot be read, or holds no program that can be packed.</exception>
    public PackedProgram Packable(ParseResult parsed)
    {
        var image = Load(parsed);
        var bytes = Bytes(parsed);
        var read = image.Format switch
        {
            ImageFormat.Rbf => new PackingResult.Loaded(new(Sequence.Of<byte>(bytes), image.Entry)),
            ImageFormat.Packed when PackedProgram.Read(bytes) is PackingResult.Loaded(var known) =>
                new PackingResult.Loaded(known with { Entry = image.Entry }),
            _ => PackedProgram.Of(image, Load(parsed, null, MovedBase)),
        };
        return read switch
        {
            PackingResult.Loaded(var program) => program,

            // An object says everything; but where the program starts must be its own choice.
            PackingResult.Malformed(var problem) when ImageFile.Recognise(bytes) is ImageFormat.Elf && !Given(parsed).Any() =>
                Whole(problem),
            PackingResult.Malformed(var problem) => throw new UsageException($"{Name(parsed)}: {problem}"),
        };

        PackedProgram Whole(string problem)
        {
            Console.Error.WriteLine($"rbpf: {Name(parsed)}: note: the whole object is packed: {problem}");
            return new(Sequence.Of<byte>(bytes));
        }
    }

    /// <summary>The bytes in which a device gets the program: a container or a packed program as it is, else what is loaded.</summary>
    /// <exception cref="UsageException">The file cannot be read, or holds no program.</exception>
    public Sequence<byte> Upload(ParseResult parsed)
    {
        var content = Packable(parsed);
        var isPacked = ImageFile.Recognise(Bytes(parsed)) is ImageFormat.Packed && !Given(parsed).Any();
        return isPacked ? Sequence.Of<byte>(Bytes(parsed))
            : content.Entry == 0 ? content.Content
            : Sequence.Of<byte>(content.Pack(HeatshrinkWindow.Small));
    }

    private Image Load(ParseResult parsed, Sequence<uint>? granted, ulong baseAddress)
    {
        var name = Name(parsed);
        var bytes = Bytes(parsed);
        var asked = parsed.GetValue(format);
        if (asked is ProgramFormat.Asm || (asked is null && HasAssemblyName(name)))
            return Assembly(name, ProgramText.Assemble(bytes, Options(parsed, granted, baseAddress)));

        var options = Options(parsed, granted, baseAddress);
        var recognised = options.Format ?? ImageFile.Recognise(bytes);
        var result = ImageFile.Read(bytes, options);
        if (asked is null && recognised is ImageFormat.Hex && !HasHexName(name) && !IsLoaded(HexOf(bytes)))
        {
            // Text that is not hexadecimal is assembly, unless it looks like neither.
            var assembled = ProgramText.Assemble(bytes, options);
            if (assembled.Image is not null || ProgramText.LooksLikeAssembly(bytes)) return Assembly(name, assembled);
        }

        switch (result)
        {
            case ImageResult.Loaded(var image):
                return image;
            case ImageResult.Malformed(var problem):
                throw new UsageException($"{name}: {problem}");
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The sections of instructions of an object, those that are asked for; null if the file is no object.</summary>
    /// <exception cref="UsageException">The file cannot be read, is a malformed object, or has no such section or function.</exception>
    public IReadOnlyList<CodeRange>? Sections(ParseResult parsed)
    {
        var name = Name(parsed);
        var asked = parsed.GetValue(format);
        if (asked is not (null or ProgramFormat.Elf) || (asked is null && HasAssemblyName(name))) return null;
        var bytes = Bytes(parsed);
        if (asked is null && ImageFile.Recognise(bytes) is not ImageFormat.Elf) return null;
        var sections = ImageFile.ReadSections(bytes) switch
        {
            SectionsResult.Loaded(var loaded) => loaded,
            SectionsResult.Malformed(var problem) => throw new UsageException($"{name}: {problem}"),
        };
        return ProgramText.Chosen(name, sections, parsed.GetValue(section), parsed.GetValue(function));
    }

    // Standard input can be read once only.
    private byte[] Bytes(ParseResult parsed)
    {
        if (bytesOf is var (command, bytes) && command == parsed) return bytes;
        bytesOf = (parsed, Files.Read(Name(parsed), FileKind.Program));
        return bytesOf.Value.Bytes;
    }

    private static bool IsLoaded(ImageResult result) => result is ImageResult.Loaded;

    private static ImageResult HexOf(byte[] bytes) => ImageFile.Read(bytes, new ImageOptions { Format = ImageFormat.Hex });

    private static bool HasHexName(string name) => System.IO.Path.GetExtension(name) is ".hex";

    private static bool HasAssemblyName(string name) => System.IO.Path.GetExtension(name) is ".s" or ".S" or ".asm";

    private ImageOptions Options(ParseResult parsed, Sequence<uint>? granted, ulong baseAddress) => new()
    {
        BaseAddress = baseAddress,
        Format = parsed.GetValue(format) switch
        {
            ProgramFormat.Raw => ImageFormat.Raw,
            ProgramFormat.Hex => ImageFormat.Hex,
            ProgramFormat.Elf => ImageFormat.Elf,
            ProgramFormat.Rbf => ImageFormat.Rbf,
            ProgramFormat.Packed => ImageFormat.Packed,
            ProgramFormat.Asm or null => null,
        },
        Section = parsed.GetValue(section),
        Function = parsed.GetValue(function),

        // Those of a device are found whatever is granted: who checks the program knows better what to say of them.
        Helpers =
        [
            .. HelperCatalogue.Declarations
                .Where(helper => granted is not { } ids || ids.Contains(helper.Id) || HelperCatalogue.OfDevice.Contains(helper)),
        ],
    };

    private static Image Assembly(string name, ProgramText.Read read) =>
        read.Image ?? throw new UsageException([.. read.Errors.Select(error => $"{name}: {error}")]);
}

/// <summary>The forms of files that hold programs, as the command line names them.</summary>
public enum ProgramFormat
{
    /// <summary>Program bytes and nothing else.</summary>
    Raw,

    /// <summary>Program bytes as hexadecimal text.</summary>
    Hex,

    /// <summary>An ELF object.</summary>
    Elf,

    /// <summary>An RBF container.</summary>
    Rbf,

    /// <summary>A packed program.</summary>
    Packed,

    /// <summary>Assembly text.</summary>
    Asm,
}
