using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Packing;

/// <summary>The part of a packed program before its stream.</summary>
internal sealed record PackedHeader
{
    /// <summary>The flag of a coded stream.</summary>
    public const byte Coded = 0x01;

    /// <summary>The flag of a window of 8,4.</summary>
    public const byte LargeWindow = 0x02;

    /// <summary>The flag of slots in packed form.</summary>
    public const byte Fields = 0x04;

    /// <summary>The flag of slots that are not all of the content's.</summary>
    public const byte Parts = 0x08;

    /// <summary>The flag of an entry other than slot 0.</summary>
    public const byte Starts = 0x10;

    private const byte Known = Coded | LargeWindow | Fields | Parts | Starts;

    /// <summary>The magic bytes.</summary>
    public static ReadOnlySpan<byte> Magic => "rBPK"u8;

    /// <summary>The window of heatshrink's coding; null if the stream is not coded.</summary>
    public HeatshrinkWindow? Coding { get; init; }

    /// <summary>The bytes of the content.</summary>
    public required int Length { get; init; }

    /// <summary>The slot index at which the program starts.</summary>
    public int Entry { get; init; }

    /// <summary>Which bytes of the content are slots in packed form, whole; null if none are.</summary>
    public (int Start, int Slots)? Packed { get; init; }

    /// <summary>Whether a file starts as a packed program does.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>The header's bytes.</summary>
    public byte[] ToBytes()
    {
        var inParts = Packed is { } packed && packed != WholeContent(Length);
        var bytes = new List<byte>([.. Magic, (byte)(
            (Coding is null ? 0 : Coded) | (Coding == HeatshrinkWindow.Large ? LargeWindow : 0)
            | (Packed is null ? 0 : Fields) | (inParts ? Parts : 0) | (Entry is 0 ? 0 : Starts))]);
        FieldPacking.AddNumber(bytes, (uint)Length);
        if (Entry is not 0) FieldPacking.AddNumber(bytes, (uint)Entry);
        if (inParts)
        {
            FieldPacking.AddNumber(bytes, (uint)Packed!.Value.Start);
            FieldPacking.AddNumber(bytes, (uint)Packed!.Value.Slots);
        }

        return [.. bytes];
    }

    /// <summary>Reads the header of a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="header">The header.</param>
    /// <param name="size">The bytes that it has.</param>
    /// <param name="problem">What is wrong, and what would be right.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out PackedHeader? header, out int size, [NotNullWhen(false)] out string? problem)
    {
        (header, size, problem) = (null, 0, null);
        if (!HasMagic(file))
            problem = "packed program, byte 0: a packed program starts with the bytes 72 42 50 4b (rBPK)";
        else if (file.Length == Magic.Length)
            problem = $"packed program: the file ends after {file.Length} bytes; flags are expected next";
        else
            problem = ProblemOf(file[Magic.Length]);
        if (problem is not null) return false;

        var flags = file[Magic.Length];
        var numbers = new PackedStream(file[(Magic.Length + 1)..], coding: null);
        if (!TrySize(ref numbers, "length", ImageFile.MaximumSize, out var length, out problem)) return false;
        var last = Math.Max(0, (length / ProgramSlots.Size) - 1);
        var entry = 0;
        if ((flags & Starts) is not 0 && !TrySize(ref numbers, "slot to start at", last, out entry, out problem)) return false;
        var packed = WholeContent(length);
        if ((flags & Parts) is not 0
            && (!TrySize(ref numbers, "start of the slots", length, out packed.Start, out problem)
                || !TrySize(ref numbers, "number of slots", Places.MostSlots(length, packed.Start), out packed.Slots, out problem)))
        {
            return false;
        }

        size = Magic.Length + 1 + numbers.Used;
        header = new()
        {
            Coding = (flags & (Coded | LargeWindow)) switch { 0 => null, Coded => HeatshrinkWindow.Small, _ => HeatshrinkWindow.Large },
            Length = length,
            Entry = entry,
            Packed = (flags & Fields) is 0 ? null : packed,
        };
        return true;
    }

    private static string? ProblemOf(byte flags) => flags switch
    {
        _ when (flags & ~Known) is not 0 =>
            $"packed program, byte 4: flags 0x{flags:x2}; flags above 0x{Known:x2} are not known",
        _ when (flags & (Coded | LargeWindow)) is LargeWindow =>
            $"packed program, byte 4: flags 0x{flags:x2}; the window of 8,4 (0x02) is expected with LZSS (0x01) only",
        _ when (flags & (Fields | Parts)) is Parts =>
            $"packed program, byte 4: flags 0x{flags:x2}; parts (0x08) are expected with field packing (0x04) only",
        _ => null,
    };

    private static bool TrySize(
        ref PackedStream numbers, string name, int most, out int size, [NotNullWhen(false)] out string? problem)
    {
        var isRead = FieldPacking.TryNumber(ref numbers, (uint)most, out var number, out var found);
        size = (int)number;
        problem = isRead ? null : $"packed program, {name}: {found ?? "the file ends in it"}";
        return problem is null;
    }

    private static (int Start, int Slots) WholeContent(int length) => (0, Places.MostSlots(length, 0));
}
