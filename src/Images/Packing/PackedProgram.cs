using RbpfSpec.Images.Elf;
using RbpfSpec.Images.Rbf;

namespace RbpfSpec.Images.Packing;

/// <summary>A program as it goes over the air: packed, with what a device needs to unpack it in one pass.</summary>
/// <remarks>Normative text: <c>spec/89-packing.md</c>.</remarks>
/// <param name="Content">What was packed: the bytes of a program, an RBF container, or an ELF object.</param>
/// <param name="Entry">The slot index at which the program starts.</param>
public sealed record PackedProgram(Sequence<byte> Content, int Entry = 0)
{
    /// <summary>The shortest packed form: with or without field packing, with or without LZSS.</summary>
    /// <remarks>Never longer than the content and 14 bytes of header.</remarks>
    /// <param name="window">The window of LZSS: 7,3 or 8,4.</param>
    /// <exception cref="ArgumentException">A packed program has no such window.</exception>
    /// <exception cref="InvalidOperationException">The content is too long, or has no slot for the entry.</exception>
    public byte[] Pack(HeatshrinkWindow window)
    {
        if (window != HeatshrinkWindow.Small && window != HeatshrinkWindow.Large)
            throw new ArgumentException($"a packed program has the window 7,3 or 8,4, not {window}", nameof(window));
        var length = Content.Count;
        if (length > ImageFile.MaximumSize)
            throw new InvalidOperationException($"the content has {length} bytes; at most {ImageFile.MaximumSize} are supported");
        if (Entry < 0 || Entry > Math.Max(0, (length / ProgramSlots.Size) - 1))
            throw new InvalidOperationException($"the program starts at slot {Entry}; the content has {length / ProgramSlots.Size}");
        var content = Content.AsSpan();
        var (start, slots) = SlotsOf(content);
        byte[] packed =
        [
            .. content[..start],
            .. FieldPacking.Pack(content.Slice(start, slots * ProgramSlots.Size)),
            .. content[(start + (slots * ProgramSlots.Size))..],
        ];
        var plain = new PackedHeader { Length = length, Entry = Entry };
        var fields = plain with { Packed = (start, slots) };
        byte[][] forms =
        [
            [.. plain.ToBytes(), .. content],
            [.. fields.ToBytes(), .. packed],
            [.. (plain with { Coding = window }).ToBytes(), .. Heatshrink.Encode(content, window)],
            [.. (fields with { Coding = window }).ToBytes(), .. Heatshrink.Encode(packed, window)],
        ];
        return forms.MinBy(static form => form.Length)!;
    }

    /// <summary>The program of an image: its bytes alone if they are all, and a container if it has data.</summary>
    /// <param name="image">The program.</param>
    /// <param name="moved">The same program, read with another base address, which shows where it refers to its data.</param>
    public static PackingResult Of(Image image, Image moved)
    {
        if (image.Regions.IsEmpty) return new PackingResult.Loaded(new(image.Program, image.Entry));
        return RbfWriter.TryWrite(image, moved, out var file, out var problem)
            ? new PackingResult.Loaded(new(Sequence.Of<byte>(file), image.Entry))
            : new PackingResult.Malformed(problem);
    }

    /// <summary>Unpacks a file; never throws because of it, and never yields more bytes than its header says.</summary>
    /// <param name="file">The whole file.</param>
    public static PackingResult Unpack(ReadOnlySpan<byte> file)
    {
        if (!PackedHeader.TryRead(file, out var header, out var size, out var problem)) return new PackingResult.Malformed(problem);
        var source = new PackedStream(file[size..], header.Coding);
        var content = new Contents(header.Length);
        problem = content.Fill(ref source, header);
        if (problem is null && source.Copying > 0)
            problem = $"the last match says {source.Copying} bytes more than the {header.Length} of the header";
        if (problem is null && size + source.Used != file.Length)
            problem = $"{file.Length - size - source.Used} bytes follow the end of the stream; none are expected";
        if (problem is null && !source.IsFilledWithZeros) problem = "the bits behind the last token are not zero";
        return problem is null
            ? new PackingResult.Loaded(new([.. content.Bytes], header.Entry))
            : new PackingResult.Malformed($"packed program, byte {size + source.Used}: {problem}");
    }

    /// <summary>Unpacks a file, or the hexadecimal text of one; never throws because of it.</summary>
    /// <param name="file">The whole file.</param>
    public static PackingResult Read(ReadOnlySpan<byte> file) =>
        ImageFile.Recognise(file) is ImageFormat.Hex && HexText.Read(file) is ImageResult.Loaded(var text)
            ? Unpack(text.Program.AsSpan())
            : Unpack(file);

    /// <summary>How a packed file is coded, in words: <c>field packing, heatshrink 7,3</c>; what is no packed file is stored.</summary>
    /// <param name="file">The whole file.</param>
    public static string Describe(ReadOnlySpan<byte> file) => PackedHeader.TryRead(file, out var header, out _, out _) ? header switch
    {
        { Packed: null, Coding: null } => "stored",
        { Packed: null, Coding: { } window } => $"heatshrink {window}",
        { Coding: null } => "field packing",
        { Coding: { } window } => $"field packing, heatshrink {window}",
    } : "stored";

    // Where the slots of the content lie: in a container behind its header and data, in an object in a section.
    private static (int Start, int Slots) SlotsOf(ReadOnlySpan<byte> content)
    {
        switch (ImageFile.Recognise(content))
        {
            case ImageFormat.Rbf when RbfHeader.TryRead(content, out var header, out _):
                return (RbfHeader.Size + (int)header.DataLength + (int)header.ReadOnlyDataLength,
                    (int)header.TextLength / ProgramSlots.Size);
            case ImageFormat.Elf when ElfFile.TryRead(content.ToArray(), out var file, out _):
                var largest = file.Sections.Where(section => section.IsText).MaxBy(section => section.Size);
                return largest is null ? (0, 0) : ((int)largest.Offset, largest.Slots);
            default:
                return (0, content.Length / ProgramSlots.Size);
        }
    }

    // What is unpacked grows with what the stream says, not with what the header promises: a short file takes little memory.
    private sealed class Contents(int length)
    {
        public List<byte> Bytes { get; } = [];

        public string? Fill(ref PackedStream source, PackedHeader header)
        {
            var (start, slots) = header.Packed ?? (length, 0);
            Span<byte> slot = stackalloc byte[ProgramSlots.Size];
            if (!Copy(ref source, start)) return Ended();
            for (var index = 0; index < slots; index++)
            {
                if (!FieldPacking.TryUnpack(ref source, slot, out var problem))
                    return problem is null ? Ended() : $"slot {index}: {problem}";
                Bytes.AddRange(slot);
            }

            return Copy(ref source, length) ? null : Ended();
        }

        private bool Copy(ref PackedStream source, int end)
        {
            while (Places.HasRoom(Bytes.Count, end))
            {
                if (!source.TryNext(out var value)) return false;
                Bytes.Add(value);
            }

            return true;
        }

        private string Ended() => $"the stream ends after {Bytes.Count} of {length} bytes";
    }
}

/// <summary>The result of reading a program that is packed, or is to be.</summary>
public abstract record PackingResult
{
    private PackingResult()
    {
    }

    /// <summary>There is one.</summary>
    public sealed record Loaded(PackedProgram Program) : PackingResult;

    /// <summary>There is none.</summary>
    /// <param name="Problem">What is wrong, where, and what would be right, in one line; the file's name is for the caller to add.</param>
    public sealed record Malformed(string Problem) : PackingResult;
}
