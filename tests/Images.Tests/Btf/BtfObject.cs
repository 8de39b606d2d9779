using System.Buffers.Binary;
using System.Text;

namespace RbpfSpec.Images.Tests.Btf;

/// <summary>Writes <c>.BTF</c> and <c>.BTF.ext</c> as far as they tell of lines of source.</summary>
internal static class BtfObject
{
    /// <summary><c>.BTF</c> with names, each of which ends with a NUL.</summary>
    public static byte[] Types(string names) => Header([], Encoding.UTF8.GetBytes(names));

    /// <summary><c>.BTF.ext</c>: the length of a record, and what it tells of each section.</summary>
    public static byte[] Lines(uint size, params byte[][] sections) =>
        Header([], [.. Words(size), .. sections.SelectMany(section => section)]);

    /// <summary>The information about a section: where its name stands, and records of offset, file, text, and line and column.</summary>
    public static byte[] Section(uint name, params uint[][] records) =>
        [.. Words(name, (uint)(records is [[]] ? 0 : records.Length)), .. records.SelectMany(Words)];

    /// <summary>Magic number, version 1, flags, length of the header, and two parts.</summary>
    public static byte[] Header(byte[] first, byte[] second, int? length = null) =>
    [
        0x9f, 0xeb, 1, 0, .. Words(24, 0, (uint)first.Length, (uint)first.Length, (uint)(length ?? second.Length)), .. first, .. second,
    ];

    private static byte[] Words(params uint[] words)
    {
        var bytes = new byte[words.Length * sizeof(uint)];
        for (var i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        return bytes;
    }
}
