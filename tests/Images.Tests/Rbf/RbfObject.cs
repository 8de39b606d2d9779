using System.Buffers.Binary;

namespace RbpfSpec.Images.Tests.Rbf;

/// <summary>Builds an RBF container field by field, as <c>gen_rbf.py</c> lays it out.</summary>
internal sealed record RbfObject
{
    public byte[] Magic { get; init; } = [0x72, 0x42, 0x50, 0x46];

    public uint Version { get; init; }

    public uint Flags { get; init; }

    public byte[] Data { get; init; } = [];

    public byte[] ReadOnlyData { get; init; } = [];

    public byte[] Text { get; init; } = [];

    public (ushort Name, ushort Flags, ushort Location)[] Functions { get; init; } = [];

    /// <summary>The number that is added to the number of bytes in the header, to make it wrong.</summary>
    public uint DataLengthError { get; init; }

    public uint ReadOnlyDataLengthError { get; init; }

    public uint TextLengthError { get; init; }

    public uint FunctionsError { get; init; }

    /// <summary>Two functions, one of each load, data of both kinds.</summary>
    public static RbfObject Small() => new()
    {
        Data = [1, 2, 3, 4, 5, 6, 7, 8],
        ReadOnlyData = "hi\0run\0end\0\0\0\0\0\0"u8.ToArray(),
        Text = Convert.FromHexString(
            "b8010000040000000000000000000000" // lddwd r1, 4
            + "d8020000030000000000000000000000" // lddwr r2, 3
            + "18030000d80000000000000000000000" // lddw r3, 0xd8
            + "9500000000000000"), // exit
        Functions = [(3, 0, 0), (7, 0, 48)],
    };

    public byte[] ToBytes()
    {
        var file = new List<byte>(Magic);
        uint[] header =
        [
            Version,
            Flags,
            unchecked((uint)Data.Length + DataLengthError),
            unchecked((uint)ReadOnlyData.Length + ReadOnlyDataLengthError),
            unchecked((uint)Text.Length + TextLengthError),
            unchecked((uint)Functions.Length + FunctionsError),
        ];
        foreach (var field in header) Append32(file, field);
        file.AddRange([.. Data, .. ReadOnlyData, .. Text]);
        foreach (var (name, flags, location) in Functions)
        {
            Append16(file, name);
            Append16(file, flags);
            Append16(file, location);
        }

        return [.. file];
    }

    private static void Append16(List<byte> file, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        file.AddRange(bytes);
    }

    private static void Append32(List<byte> file, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        file.AddRange(bytes);
    }
}
