using System.CommandLine;
using RbpfSpec.Images;
using RbpfSpec.Images.Inputs;
using RbpfSpec.Images.Packing;
using RbpfSpec.ProgramReports;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The program that a command works on: a file, and how to read it.</summary>
public sealed class ProgramInput
{
    // An address other than the usual one, at which any image finds room below 4 GiB.
    private const ulong MovedBase = AddressSpace.Image + 0x0800_0000;

    private readonly Argument<string> file;
    private readonly ProgramForm form;
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
        form = new(prefix);
    }

    /// <summary>Adds the argument and its options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(file);
        form.AddTo(command);
    }

    /// <summary>The name of the file.</summary>
    public string Name(ParseResult parsed) => parsed.GetRequiredValue(file);

    /// <summary>The options given, as a command line of the only program of a command has them.</summary>
    public IEnumerable<string> Given(ParseResult parsed) => form.Given(parsed);

    /// <summary>The image in the file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="granted">The ids of the helpers that an object may call by name, beside those of a device; all if null.</param>
    /// <exception cref="UsageException">The file cannot be read, or holds no program.</exception>
    public Image Load(ParseResult parsed, Sequence<uint>? granted = null)
    {
        var image = Read(parsed, granted);
        foreach (var note in image.Notes) CommandLine.Complain($"{Escaped.Line(Name(parsed))}: note: {note}");
        return image;
    }

    /// <summary>The image in the file, whose notes nobody is told.</summary>
    /// <exception cref="UsageException">The file cannot be read, or holds no program.</exception>
    public Image Read(ParseResult parsed, Sequence<uint>? granted) => Load(parsed, granted, AddressSpace.Image);

    /// <summary>An image as a program that may run; if it is rejected, says why on standard error, and yields nothing.</summary>
    public CheckedProgram? Admit(ParseResult parsed, Image image, Admission rules)
    {
        if (image.Check(rules, out _, most: 1) is { } program) return program;
        foreach (var line in Rejections.Lines(image, rules)) CommandLine.Complain(Escaped.Line($"{Name(parsed)}: {line}"));
        return null;
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
            PackingResult.Malformed(var problem) => throw new UsageException($"{Escaped.Line(Name(parsed))}: {problem}"),
        };

        PackedProgram Whole(string problem)
        {
            CommandLine.Complain($"{Escaped.Line(Name(parsed))}: note: the whole object is packed: {problem}");
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

    /// <summary>The sections of instructions of an object, those that are asked for; null if the file is no object.</summary>
    /// <exception cref="UsageException">The file cannot be read, is a malformed object, or has no such section or function.</exception>
    public Sequence<CodeRange>? Sections(ParseResult parsed) => form.Sections(parsed, Name(parsed), Bytes(parsed));

    private Image Load(ParseResult parsed, Sequence<uint>? granted, ulong baseAddress) =>
        form.Read(parsed, Name(parsed), Bytes(parsed), granted, baseAddress);

    // Standard input can be read once only.
    private byte[] Bytes(ParseResult parsed)
    {
        if (bytesOf is var (command, bytes) && command == parsed) return bytes;
        bytesOf = (parsed, Files.Read(Name(parsed), FileKind.Program));
        return bytesOf.Value.Bytes;
    }
}
