namespace RbpfSpec.Images.Packing;

/// <summary>Reads packed programs as images: the raw program, the RBF container or the object that was packed.</summary>
internal static class PackedReader
{
    /// <summary>Reads a file.</summary>
    public static ImageResult Read(ReadOnlySpan<byte> bytes, ImageOptions options)
    {
        return PackedProgram.Unpack(bytes) switch
        {
            PackingResult.Malformed(var problem) => new ImageResult.Malformed(problem),
            PackingResult.Loaded(var program) => Read(program, options),
        };
    }

    private static ImageResult Read(PackedProgram program, ImageOptions options)
    {
        var content = program.Content.AsSpan();
        var form = ImageFile.Recognise(content) is (ImageFormat.Elf or ImageFormat.Rbf) and var known ? known : ImageFormat.Raw;
        var slots = 0;
        return ImageFile.Read(content, options with { Format = form }) switch
        {
            ImageResult.Loaded when form is ImageFormat.Elf && program.Entry is not 0 =>
                new ImageResult.Malformed(
                    $"packed program: it starts at slot {program.Entry}; an object is expected to tell itself where it starts"),
            ImageResult.Loaded(var image) when program.Entry > 0 && program.Entry >= (slots = image.Program.Count / ProgramSlots.Size) =>
                new ImageResult.Malformed($"packed program: it starts at slot {program.Entry}; its text has {slots}"),
            ImageResult.Loaded(var image) => new ImageResult.Loaded(image with
            {
                Format = ImageFormat.Packed,
                Entry = form is ImageFormat.Elf || options.Function is not null ? image.Entry : program.Entry,
            }),
            ImageResult.Malformed malformed => malformed,
        };
    }
}
