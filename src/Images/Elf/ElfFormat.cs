using System.Buffers.Binary;

namespace RbpfSpec.Images.Elf;

/// <summary>The numbers of the ELF64 format that relocatable BPF objects use.</summary>
/// <remarks>System V ABI, chapters 4 and 5; the relocations are those of LLVM's BPF backend.</remarks>
internal static class ElfFormat
{
    public const int HeaderSize = 64;
    public const int SectionHeaderSize = 64;
    public const int SymbolSize = 24;
    public const int RelocationSize = 16;

    public const byte Class64 = 2;
    public const byte LittleEndian = 1;
    public const byte BigEndian = 2;
    public const byte CurrentVersion = 1;
    public const ushort Relocatable = 1;
    public const ushort MachineBpf = 247;

    public const uint SectionNull = 0;
    public const uint SectionProgramBits = 1;
    public const uint SectionSymbols = 2;
    public const uint SectionStrings = 3;
    public const uint SectionRelocationsWithAddend = 4;
    public const uint SectionNoBits = 8;
    public const uint SectionRelocations = 9;
    public const uint SectionConstructors = 14;

    public const ulong FlagWrite = 1;
    public const ulong FlagAllocate = 2;
    public const ulong FlagExecute = 4;
    public const ulong FlagGroup = 0x200;
    public const ulong FlagThreadLocal = 0x400;

    public const byte BindLocal = 0;
    public const byte BindWeak = 2;

    public const byte SymbolNoType = 0;
    public const byte SymbolObject = 1;
    public const byte SymbolFunction = 2;
    public const byte SymbolOfSection = 3;
    public const byte SymbolThreadLocal = 6;

    public const ushort IndexUndefined = 0;
    public const ushort IndexFirstReserved = 0xff00;
    public const ushort IndexAbsolute = 0xfff1;
    public const ushort IndexCommon = 0xfff2;

    /// <summary>R_BPF_64_64: the address of data, in the immediates of an LDDW.</summary>
    public const uint RelocateLoad = 1;

    /// <summary>R_BPF_64_ABS64: an address as 8 bytes of data.</summary>
    public const uint RelocateData64 = 2;

    /// <summary>R_BPF_64_ABS32: an address as 4 bytes of data.</summary>
    public const uint RelocateData32 = 3;

    /// <summary>R_BPF_64_32: the distance of a function, in the immediate of a local call.</summary>
    public const uint RelocateCall = 10;

    /// <summary>The first bytes of every ELF file.</summary>
    public static ReadOnlySpan<byte> Magic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];
}

/// <summary>Reads the numbers of an object in its byte order.</summary>
internal readonly record struct ElfByteOrder(bool IsBig)
{
    /// <summary>The order that a file's header tells; little-endian unless it says big-endian.</summary>
    public static ElfByteOrder Of(ReadOnlySpan<byte> file) => new(file.Length > 5 && file[5] is ElfFormat.BigEndian);

    public ushort Read16(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public uint Read32(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public ulong Read64(ReadOnlySpan<byte> bytes) =>
        IsBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Makes slots of this order little-endian ones: registers, offset and immediate (RFC 9669 §3.1).</summary>
    public void ToLittleEndian(Span<byte> slots)
    {
        if (!IsBig) return;
        for (; slots.Length >= ProgramSlots.Size; slots = slots[ProgramSlots.Size..])
        {
            slots[1] = (byte)((slots[1] << 4) | (slots[1] >> 4));
            slots[2..4].Reverse();
            slots[4..8].Reverse();
        }
    }
}
