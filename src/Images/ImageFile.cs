using RbpfSpec.Images.Elf;
using RbpfSpec.Images.Packing;
using RbpfSpec.Images.Rbf;

namespace RbpfSpec.Images;

/// <summary>Reads programs from files.</summary>
public static class ImageFile
{
    /// <summary>The most bytes that a program or its regions may have, together: 16 MiB.</summary>
    /// <remarks>
    /// A file of a hundred bytes can ask for exabytes of zeros; no device that runs rBPF has this many.
    /// </remarks>
    public const int MaximumSize = 1 << 24;

    /// <summary>Reads a file's bytes, never more than them, and never throws because of them.</summary>
    /// <remarks>
    /// Unless the options say otherwise, the form is recognised by content: an ELF file, an RBF container and a packed
    /// program by their magic numbers, hexadecimal text by being text: printable ASCII and white space, and in comments anything but
    /// control characters. The rest is raw program bytes. Text wins over them without loss: no valid program is text,
    /// because its last instruction is EXIT or a jump, and both hold zero bytes.
    /// </remarks>
    /// <param name="bytes">The whole file.</param>
    /// <param name="options">What the file leaves open.</param>
    public static ImageResult Read(ReadOnlySpan<byte> bytes, ImageOptions options)
    {
        var format = options.Format ?? Recognise(bytes);
        return format switch
        {
            ImageFormat.Elf => ElfReader.Read(bytes, options),
            ImageFormat.Rbf => RbfReader.Read(bytes, options),
            ImageFormat.Packed => PackedReader.Read(bytes, options),
            ImageFormat.Hex => Hex(bytes, options),
            ImageFormat.Raw => (ImageResult?)WithoutNames(options, "a file of raw program bytes") ?? Raw(bytes),
        };
    }

    /// <summary>Reads the instructions of an ELF object of either byte order, without linking them; never throws.</summary>
    /// <param name="bytes">The whole file.</param>
    public static SectionsResult ReadSections(ReadOnlySpan<byte> bytes) => ElfSections.Read(bytes);

    /// <summary>The form that a file's contents suggest.</summary>
    public static ImageFormat Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ElfFormat.Magic)) return ImageFormat.Elf;
        if (RbfHeader.HasMagic(bytes)) return ImageFormat.Rbf;
        if (PackedHeader.HasMagic(bytes)) return ImageFormat.Packed;
        return HexText.LooksLikeText(bytes) ? ImageFormat.Hex : ImageFormat.Raw;
    }

    // What rbpf prints of a packed program is one, too.
    private static ImageResult Hex(ReadOnlySpan<byte> text, ImageOptions options) => HexText.Read(text) switch
    {
        ImageResult.Loaded(var image) when PackedHeader.HasMagic(image.Program.AsSpan()) =>
            PackedReader.Read(image.Program.AsSpan(), options),
        ImageResult.Loaded loaded => (ImageResult?)WithoutNames(options, "hexadecimal text") ?? loaded,
        ImageResult.Malformed malformed => WithoutNames(options, "hexadecimal text") ?? malformed,
    };

    private static ImageResult.Loaded Raw(ReadOnlySpan<byte> bytes) =>
        new(new Image { Format = ImageFormat.Raw, Program = Sequence.Of(bytes) });

    // The problem of asking for a part by name where nothing has a name.
    private static ImageResult.Malformed? WithoutNames(ImageOptions options, string form) => options switch
    {
        { Section: { } name } => new($"{form} has no section '{name}': it names nothing; an ELF object does"),
        { Function: { } name } => new($"{form} has no function '{name}': it names nothing; an ELF object does"),
        _ => null,
    };
}
