using System.Buffers.Binary;
using System.Globalization;

namespace RbpfSpec.Translation.Native;

/// <summary>The native code of a program, and where the machine may enter it.</summary>
/// <param name="Code">The bytes; the first instruction is the one that the machine calls.</param>
/// <param name="Entries">Of each slot, where in the code it may be entered, in bytes; null where it may not.</param>
public sealed record NativeProgram(byte[] Code, Sequence<int?> Entries)
{
    /// <summary>The first bytes of a file of native code.</summary>
    public const string Magic = "rBT1";

    private const int HeaderSize = 12;

    /// <summary>The most bytes of code: entries are numbers of halfwords in 16 bits.</summary>
    public const int MostBytes = 0x1fffe;

    /// <summary>
    /// The file: <see cref="Magic"/>, the number of slots and of bytes of code, 32 bits each; a halfword a slot, half of
    /// where it may be entered or zero; zeros up to a multiple of four; the code. All little-endian.
    /// </summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[CodeStart(Entries.Count) + Code.Length];
        for (var i = 0; i < Magic.Length; i++) bytes[i] = (byte)Magic[i];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Entries.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Code.Length);
        for (var slot = 0; slot < Entries.Count; slot++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(HeaderSize + (2 * slot)), (ushort)((Entries[slot] ?? 0) / 2));
        Code.CopyTo(bytes, CodeStart(Entries.Count));
        return bytes;
    }

    /// <summary>The native code in a file; null if it is none, and why.</summary>
    public static NativeProgram? Read(ReadOnlySpan<byte> bytes, out string problem)
    {
        problem = "";
        if (bytes.Length < HeaderSize || !bytes[..4].SequenceEqual("rBT1"u8)) return Refuse($"it does not begin with {Magic}", out problem);
        var slots = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (slots > int.MaxValue / 8 || CodeStart((int)slots) + (long)length != bytes.Length)
        {
            return Refuse(
                string.Create(CultureInfo.InvariantCulture, $"{slots} slots and {length} bytes of code do not make {bytes.Length} bytes"),
                out problem);
        }

        var entries = new int?[slots];
        for (var slot = 0; slot < slots; slot++)
        {
            var half = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(HeaderSize + (2 * slot))..]);
            entries[slot] = half == 0 ? null : 2 * half;
        }

        return new(bytes[CodeStart((int)slots)..].ToArray(), entries.ToSequence());
    }

    private static NativeProgram? Refuse(string reason, out string problem)
    {
        problem = reason;
        return null;
    }

    private static int CodeStart(int slots) => (HeaderSize + (2 * slots) + 3) & ~3;
}
