using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Btf;

/// <summary>The lines of source that <c>clang -g</c> notes in <c>.BTF.ext</c>, whose names and text are in <c>.BTF</c>.</summary>
/// <remarks>
/// Linux, Documentation/bpf/btf.rst §4.2: the length of a record, then for each section of instructions its name, the
/// number of records, and the records: byte offset in the section, name of the file, text of the line, and line and
/// column in one number. Time and memory are linear in the length of the two sections; names may share bytes only as
/// far as <see cref="NameTable"/> lets them.
/// </remarks>
internal static class BtfLineInfo
{
    private const int StringsPair = 1;
    private const int LinesPair = 1;
    private const int RecordSize = 16;
    private const int HeaderSize = 8;
    private const int ColumnBits = 10;

    /// <summary>Reads the lines of each section.</summary>
    /// <param name="types">The bytes of <c>.BTF</c>.</param>
    /// <param name="lines">The bytes of <c>.BTF.ext</c>.</param>
    /// <param name="sections">By name of section, its lines in ascending order of offset.</param>
    /// <param name="problem">Why there are none, one sentence without the end.</param>
    public static bool TryRead(
        byte[] types,
        byte[] lines,
        [NotNullWhen(true)] out Dictionary<string, BtfLine[]>? sections,
        [NotNullWhen(false)] out string? problem)
    {
        sections = null;
        if (!BtfPart.TryFind(types, StringsPair, out var strings, out problem))
        {
            problem = $".BTF {problem}";
            return false;
        }

        if (!BtfPart.TryFind(lines, LinesPair, out var records, out problem))
        {
            problem = $".BTF.ext {problem}";
            return false;
        }

        var read = new Dictionary<string, List<BtfLine>>(StringComparer.Ordinal);
        problem = Read(records, new NameTable(strings.ToArray()), read);
        if (problem is not null)
        {
            problem = $".BTF.ext: the information on lines {problem}";
            return false;
        }

        sections = read.ToDictionary(
            static section => section.Key,
            static section => section.Value.OrderBy(static line => line.Offset).ToArray(),
            StringComparer.Ordinal);
        return true;
    }

    // What is wrong, if anything is.
    private static string? Read(ReadOnlySpan<byte> rest, NameTable names, Dictionary<string, List<BtfLine>> sections)
    {
        if (rest.IsEmpty) return null;
        if (rest.Length < sizeof(uint)) return "has no length of its records";
        var size = BinaryPrimitives.ReadUInt32LittleEndian(rest);
        if (size < RecordSize) return $"has records of {size} bytes; expected at least {RecordSize}";
        rest = rest[sizeof(uint)..];
        while (!rest.IsEmpty)
        {
            if (rest.Length < HeaderSize) return $"ends {HeaderSize - rest.Length} bytes too early";
            if (!names.TryRead(BinaryPrimitives.ReadUInt32LittleEndian(rest), out var section, out var problem))
                return $"names a section {problem}";
            var count = BinaryPrimitives.ReadUInt32LittleEndian(rest[sizeof(uint)..]);
            rest = rest[HeaderSize..];
            if ((ulong)count * size > (ulong)rest.Length)
                return $"tells of {count} records of {size} bytes, but {rest.Length} bytes are left";
            if (!sections.TryGetValue(section, out var lines)) sections.Add(section, lines = []);
            for (var index = 0; index < count; index++, rest = rest[(int)size..])
            {
                if (!TryReadRecord(rest, names, out var line, out problem)) return problem;
                lines.Add(line);
            }
        }

        return null;
    }

    private static bool TryReadRecord(
        ReadOnlySpan<byte> record, NameTable names, [NotNullWhen(true)] out BtfLine? line, [NotNullWhen(false)] out string? problem)
    {
        line = null;
        if (!names.TryRead(BinaryPrimitives.ReadUInt32LittleEndian(record[4..]), out var file, out problem)
            || !names.TryRead(BinaryPrimitives.ReadUInt32LittleEndian(record[8..]), out var text, out problem))
        {
            problem = $"has a name {problem}";
            return false;
        }

        // Line 0 is that of instructions which the compiler made up.
        var place = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var number = (int)(place >> ColumnBits);
        var source = number == 0 ? null : new SourceLine(file, number, (int)(place & ((1 << ColumnBits) - 1)), text);
        line = new(BinaryPrimitives.ReadUInt32LittleEndian(record), source);
        return true;
    }
}
