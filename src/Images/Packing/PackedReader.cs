using RbpfSpec.Images.Rbf;

namespace RbpfSpec.Images.Packing;

/// <summary>Reads packed programs as images: the raw program, or the RBF container, that was packed.</summary>
internal static class PackedReader
{
    /// <summary>Reads a file.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> bytes, ImageOptions options) => PackedProgram.Unpack(bytes) switch
    {
        PackingResult.Malformed(var problem) => new ImageResult.Malformed(problem),
        PackingResult.Loaded(var program) => Content(program, options) switch
        {
            ImageResult.Loaded(var image) when program.Entry > 0 && program.Entry * ProgramSlots.Size >= image.Program.Count =>
                new ImageResult.Malformed($"packed program: it starts at slot {program.Entry}; its text has {image.Program.Count / ProgramSlots.Size}"),
            ImageResult.Loaded(var image) =>
                new ImageResult.Loaded(image with { Format = ImageFormat.Packed, Entry = options.Function is null ? program.Entry : image.Entry }),
            ImageResult.Malformed malformed => malformed,
        },
    };

    private static ImageResult Content(PackedProgram program, ImageOptions options) => RbfHeader.HasMagic(program.Content.AsSpan())
        ? RbfReader.Read(program.Content.AsSpan(), options)
        : ImageFile.Read(program.Content.AsSpan(), options with { Format = ImageFormat.Raw });
}
