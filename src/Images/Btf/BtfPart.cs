using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Btf;

/// <summary>The header that <c>.BTF</c> and <c>.BTF.ext</c> begin with, and the parts that it tells of.</summary>
/// <remarks>
/// Linux, Documentation/bpf/btf.rst §2.1 and §4.2: magic number, version, flags, the header's own length, then pairs of
/// offset and length. Offsets count from the end of the header.
/// </remarks>
internal static class BtfPart
{
    private const ushort Magic = 0xeb9f;
    private const byte Version = 1;
    private const int FixedSize = 8;
    private const int PairSize = 8;

    /// <summary>Finds one part.</summary>
    /// <param name="section">The section's bytes.</param>
    /// <param name="pair">Which pair of the header tells of the part, from 0.</param>
    /// <param name="part">The part; empty if the header is too short to tell of it.</param>
    /// <param name="problem">What is wrong with the header, as the rest of a sentence that starts with the section's name.</param>
    public static bool TryFind(
        byte[] section, int pair, out ReadOnlySpan<byte> part, [NotNullWhen(false)] out string? problem)
    {
        part = [];
        problem = null;
        if (section.Length < FixedSize || BinaryPrimitives.ReadUInt16LittleEndian(section) is not Magic)
        {
            problem = $"does not begin with the magic number 0x{Magic:x}, little-endian";
            return false;
        }

        if (section[2] is not Version)
        {
            problem = $"has version {section[2]}; expected {Version}";
            return false;
        }

        var header = BinaryPrimitives.ReadUInt32LittleEndian(section.AsSpan(4));
        if (header < FixedSize || header > section.Length)
        {
            problem = $"has a header of {header} bytes; expected {FixedSize} to {section.Length}";
            return false;
        }

        var place = FixedSize + (pair * PairSize);
        if (place + PairSize > header) return true;
        var start = BinaryPrimitives.ReadUInt32LittleEndian(section.AsSpan(place));
        var length = BinaryPrimitives.ReadUInt32LittleEndian(section.AsSpan(place + 4));
        if ((ulong)start + length > (ulong)section.Length - header)
        {
            problem = $"tells of {length} bytes at {start} behind its header, but there are {section.Length - header}";
            return false;
        }

        part = section.AsSpan((int)(header + start), (int)length);
        return true;
    }
}
