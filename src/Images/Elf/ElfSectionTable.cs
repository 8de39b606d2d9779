using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>Reads the ELF header and the section headers that it points to.</summary>
internal static class ElfSectionTable
{
    /// <summary>Reads all sections; their contents, where they have any, lie within the file.</summary>
    /// <remarks>Linear in the length of the file.</remarks>
    public static bool TryRead(
        ReadOnlySpan<byte> file,
        ElfByteOrder order,
        out ElfSection[] sections,
        [NotNullWhen(false)] out string? problem)
    {
        sections = [];
        problem = HeaderProblem(file, order);
        if (problem is not null) return false;

        var tableOffset = order.Read64(file[0x28..]);
        var count = order.Read16(file[0x3c..]);
        var namesIndex = order.Read16(file[0x3e..]);

        if (!Holds(file, tableOffset, (ulong)count * ElfFormat.SectionHeaderSize))
        {
            problem = $"ELF header, byte 0x28: {count} section headers at offset {tableOffset} do not lie within the "
                + $"file of {file.Length} bytes";
            return false;
        }

        var table = file.Slice((int)tableOffset, count * ElfFormat.SectionHeaderSize);
        var names = namesIndex < count ? ReadHeader(table, order, namesIndex, "") : null;
        if (names is not { Type: ElfFormat.SectionStrings } || !Holds(file, names.Offset, names.Size))
        {
            problem = $"ELF header, byte 0x3e: section {namesIndex} should hold the names of sections, "
                + "but is no string table within the file";
            return false;
        }

        var nameTable = new NameTable(Contents(file, names).ToArray());
        var read = new ElfSection[count];
        for (var index = 0; index < count; index++)
        {
            var nameOffset = order.Read32(table[(index * ElfFormat.SectionHeaderSize)..]);
            if (!nameTable.TryRead(nameOffset, out var name, out var nameProblem))
            {
                problem = $"section {index}: the name {nameProblem}";
                return false;
            }

            read[index] = ReadHeader(table, order, index, name);
            problem = ContentsProblem(file, read[index]);
            if (problem is not null) return false;
        }

        sections = read;
        return true;
    }

    /// <summary>The bytes of a section that lies within the file.</summary>
    public static ReadOnlySpan<byte> Contents(ReadOnlySpan<byte> file, ElfSection section) =>
        file.Slice((int)section.Offset, (int)section.Size);

    private static string? HeaderProblem(ReadOnlySpan<byte> file, ElfByteOrder order)
    {
        if (!file.StartsWith(ElfFormat.Magic))
            return "ELF header, byte 0: an ELF file starts with the bytes 7f 45 4c 46";
        if (file.Length < ElfFormat.HeaderSize)
            return $"ELF header: the file ends after {file.Length} bytes; the header has {ElfFormat.HeaderSize}";
        if (file[4] is not ElfFormat.Class64)
            return $"ELF header, byte 4: class {file[4]}; a BPF object is 64-bit, class {ElfFormat.Class64}";
        if (file[5] is not (ElfFormat.LittleEndian or ElfFormat.BigEndian))
        {
            return $"ELF header, byte 5: byte order {file[5]}; "
                + $"it is {ElfFormat.LittleEndian}, little-endian, or {ElfFormat.BigEndian}, big-endian";
        }

        if (file[6] is not ElfFormat.CurrentVersion)
            return $"ELF header, byte 6: version {file[6]}; the only version is {ElfFormat.CurrentVersion}";

        var type = order.Read16(file[0x10..]);
        var machine = order.Read16(file[0x12..]);
        var headerSize = order.Read16(file[0x3a..]);
        var count = order.Read16(file[0x3c..]);
        if (machine is not ElfFormat.MachineBpf)
        {
            return $"ELF header, byte 0x12: machine {machine}; "
                + $"a BPF object has machine {ElfFormat.MachineBpf} (clang -target bpf)";
        }

        if (type is not ElfFormat.Relocatable)
        {
            return $"ELF header, byte 0x10: type {type}; "
                + $"a relocatable object, as clang -c writes, has type {ElfFormat.Relocatable}";
        }

        if (count is 0)
            return "ELF header, byte 0x3c: there are no section headers";
        if (headerSize is not ElfFormat.SectionHeaderSize)
        {
            return $"ELF header, byte 0x3a: section headers of {headerSize} bytes; "
                + $"they have {ElfFormat.SectionHeaderSize}";
        }

        return null;
    }

    private static string? ContentsProblem(ReadOnlySpan<byte> file, ElfSection section) =>
        section.Type is ElfFormat.SectionNull or ElfFormat.SectionNoBits || Holds(file, section.Offset, section.Size)
            ? null
            : $"{section.Place}: {section.Size} bytes at offset {section.Offset} do not lie within the file of "
                + $"{file.Length} bytes";

    private static bool Holds(ReadOnlySpan<byte> file, ulong offset, ulong size) =>
        size <= (ulong)file.Length && offset <= (ulong)file.Length - size;

    private static ElfSection ReadHeader(ReadOnlySpan<byte> table, ElfByteOrder order, int index, string name)
    {
        var header = table.Slice(index * ElfFormat.SectionHeaderSize, ElfFormat.SectionHeaderSize);
        return new()
        {
            Index = index,
            Name = name,
            Type = order.Read32(header[0x04..]),
            Flags = order.Read64(header[0x08..]),
            Offset = order.Read64(header[0x18..]),
            Size = order.Read64(header[0x20..]),
            Link = order.Read32(header[0x28..]),
            Info = order.Read32(header[0x2c..]),
            Alignment = order.Read64(header[0x30..]),
            EntrySize = order.Read64(header[0x38..]),
        };
    }
}
