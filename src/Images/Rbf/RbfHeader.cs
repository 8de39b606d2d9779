using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Rbf;

/// <summary>The header of an RBF container: 28 bytes, seven little-endian 32-bit numbers.</summary>
/// <remarks>
/// Femto-Containers' <c>rbpf_header_t</c>. After it lie data, read-only data, text, and function entries.
/// </remarks>
internal sealed record RbfHeader
{
    public const int Size = 28;

    /// <summary>The bytes of a function entry: three little-endian 16-bit numbers: name, flags, location.</summary>
    public const int FunctionSize = 6;

    private const uint FlagCompressed = 1;
    private const uint Multiple = 8;

    /// <summary>Length of the data, in bytes.</summary>
    public required uint DataLength { get; init; }

    /// <summary>Length of the read-only data, in bytes; the names of functions stand at its end.</summary>
    public required uint ReadOnlyDataLength { get; init; }

    /// <summary>Length of the program, in bytes.</summary>
    public required uint TextLength { get; init; }

    /// <summary>The number of function entries.</summary>
    public required uint Functions { get; init; }

    /// <summary>Whether the magic is in the byte order of the C headers' constant.</summary>
    public required bool IsMagicReversed { get; init; }

    /// <summary>The magic bytes as the generator writes them.</summary>
    public static ReadOnlySpan<byte> Magic => "rBPF"u8;

    /// <summary>The bytes of the C constant 0x72425046 in little-endian order.</summary>
    public static ReadOnlySpan<byte> ReversedMagic => "FPBr"u8;

    /// <summary>The length of a whole file, in bytes.</summary>
    public ulong FileLength =>
        (ulong)Size + DataLength + ReadOnlyDataLength + TextLength + ((ulong)Functions * FunctionSize);

    /// <summary>Whether a file starts as a container does, in either byte order.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> file) => file.StartsWith(Magic) || file.StartsWith(ReversedMagic);

    /// <summary>Reads the header of a file; the lengths in it add up to the file's.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> file, [NotNullWhen(true)] out RbfHeader? header, [NotNullWhen(false)] out string? problem)
    {
        header = null;
        if (!HasMagic(file))
        {
            problem = "RBF header, byte 0: a container starts with the bytes 72 42 50 46 (rBPF)";
            return false;
        }

        if (file.Length < Size)
        {
            problem = $"RBF header: the file ends after {file.Length} bytes; the header has {Size}";
            return false;
        }

        header = new()
        {
            IsMagicReversed = file.StartsWith(ReversedMagic),
            DataLength = BinaryPrimitives.ReadUInt32LittleEndian(file[0x0c..]),
            ReadOnlyDataLength = BinaryPrimitives.ReadUInt32LittleEndian(file[0x10..]),
            TextLength = BinaryPrimitives.ReadUInt32LittleEndian(file[0x14..]),
            Functions = BinaryPrimitives.ReadUInt32LittleEndian(file[0x18..]),
        };
        var version = BinaryPrimitives.ReadUInt32LittleEndian(file[0x04..]);
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(file[0x08..]);
        problem = header.Problem(version, flags, file.Length);
        return problem is null;
    }

    private string? Problem(uint version, uint flags, int length) => this switch
    {
        _ when version is not 0 =>
            $"RBF header, byte 0x04: version {version}; the only version is 0",
        _ when (flags & FlagCompressed) is not 0 =>
            "RBF header, byte 0x08: the text is compressed, and compressed text is not executable by any machine; "
                + "generate the file without compression",
        _ when flags is not 0 =>
            $"RBF header, byte 0x08: flags 0x{flags:x}; the only flag is 1, compressed text",
        { DataLength: var data } when data % Multiple is not 0 =>
            $"RBF header, byte 0x0c: the data have {data} bytes; they are padded to a multiple of {Multiple}",
        { ReadOnlyDataLength: var data } when data % Multiple is not 0 =>
            $"RBF header, byte 0x10: the read-only data have {data} bytes; they are padded to a multiple of {Multiple}",
        { TextLength: var text } when text % Multiple is not 0 =>
            $"RBF header, byte 0x14: the text has {text} bytes; slots have {Multiple} each",
        _ when FileLength != (ulong)length =>
            $"RBF header: header, data, read-only data, text and {Functions} functions make {FileLength} bytes; "
                + $"the file has {length}",
        _ => null,
    };
}
