using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Dwarf;

/// <summary>Reads the entries of <c>.debug_info</c>, DWARF 2 to 5 in their form of 32 bits.</summary>
/// <remarks>Linear in the lengths of the sections; there are at most <see cref="MostEntries"/> entries.</remarks>
internal sealed class DwarfEntries
{
    /// <summary>The most entries that are read.</summary>
    public const int MostEntries = 200_000;

    private const string Info = ".debug_info";
    private const uint LongForm = 0xffff_fff0;
    private const int LengthSize = 4;
    private const int MostAttributes = 200_000;
    private const int MostNested = 200;
    private const ulong ImplicitConstant = 0x21;

    private readonly DwarfSections sections;
    private readonly List<DwarfEntry> entries = [];
    private readonly Dictionary<ulong, Dictionary<ulong, Shape>> shapes = [];
    private int attributes;
    private int shapeParts;

    private DwarfEntries(DwarfSections sections) => this.sections = sections;

    /// <summary>Reads them.</summary>
    /// <param name="sections">The sections.</param>
    /// <param name="entries">The entries, each behind the one that it is within.</param>
    /// <param name="problem">Why there are none, one sentence without the end.</param>
    public static bool TryRead(
        DwarfSections sections, [NotNullWhen(true)] out List<DwarfEntry>? entries, [NotNullWhen(false)] out string? problem)
    {
        var reader = new DwarfEntries(sections);
        problem = reader.Read();
        entries = problem is null ? reader.entries : null;
        if (problem is not null) problem = $"{Info} {problem}";
        return problem is null;
    }

    private string? Read()
    {
        var info = sections[Info];
        for (var start = 0; start < info.Length;)
        {
            var cursor = new DwarfCursor(info.AsSpan(start));
            var length = cursor.Word();
            if (cursor.HasFailed) return "ends within the length of a unit";
            if (length >= LongForm) return "has a unit of 64-bit DWARF; expected 32-bit DWARF";
            if (length > (uint)(info.Length - start - LengthSize))
                return $"has a unit of {length} bytes, but {info.Length - start - LengthSize} are left";
            if (ReadUnit(start, (int)length + LengthSize) is { } problem) return problem;
            start += (int)length + LengthSize;
        }

        return null;
    }

    private string? ReadUnit(int start, int length)
    {
        var cursor = new DwarfCursor(sections[Info].AsSpan(start, length));
        cursor.Word();
        var version = cursor.Half();
        if (version is < 2 or > 5) return $"has a unit of version {version}; expected 2 to 5";
        var kind = version >= 5 ? cursor.Byte() : (byte)1;
        var size = version >= 5 ? cursor.Byte() : (byte)0;
        var table = cursor.Word();
        if (version < 5) size = cursor.Byte();
        if (cursor.HasFailed) return "ends within the header of a unit";
        if (size != sizeof(ulong)) return $"has addresses of {size} bytes; expected {sizeof(ulong)}";

        // Units of types alone have no functions.
        if (kind is not (1 or 3)) return null;
        if (ShapesAt(table, out var problem) is not { } known) return problem;
        return ReadEntries(cursor, new() { Start = start, Version = version }, known);
    }

    private string? ReadEntries(DwarfCursor cursor, DwarfUnit unit, Dictionary<ulong, Shape> known)
    {
        Stack<int> within = new([-1]);
        while (!cursor.IsAtEnd && within.Count > 0)
        {
            var offset = unit.Start + cursor.Position;
            var code = cursor.Unsigned();
            if (cursor.HasFailed) return "ends within an entry";
            if (code == 0)
            {
                within.Pop();
                if (within.Count == 1) break;
                continue;
            }

            if (!known.TryGetValue(code, out var shape)) return $"has an entry of the kind {code}, which .debug_abbrev does not have";
            var values = new (ulong, DwarfValue)[shape.Attributes.Count];
            attributes += values.Length;
            if (entries.Count >= MostEntries || attributes > 16 * MostEntries) return $"has more than {MostEntries} entries";
            for (var i = 0; i < values.Length; i++)
            {
                var (attribute, form, constant) = shape.Attributes[i];
                if (DwarfForms.Read(ref cursor, unit.Start, form, constant) is not { } value)
                    return $"has an attribute of the form 0x{form:x}";
                values[i] = (attribute, value);
            }

            if (cursor.HasFailed) return "ends within an entry";
            entries.Add(new(unit, offset, within.Peek(), shape.Tag, values));
            if (within.Peek() < 0) Learn(unit, entries[^1]);
            if (shape.HasChildren) within.Push(entries.Count - 1);
            else if (within.Count == 1) break;
            if (within.Count > MostNested) return $"has entries that are nested deeper than {MostNested}";
        }

        return null;
    }

    // The first entry of a unit says where its tables are.
    private void Learn(DwarfUnit unit, DwarfEntry entry)
    {
        unit.TextBase = entry[DwarfAttribute.TextBase]?.Number ?? (unit.Version >= 5 ? 8UL : 0);
        unit.AddressBase = entry[DwarfAttribute.AddressBase]?.Number ?? 8;
        unit.RangesBase = entry[DwarfAttribute.RangesBase]?.Number ?? 12;
        unit.LocationsBase = entry[DwarfAttribute.LocationsBase]?.Number ?? 12;
        if (entry[DwarfAttribute.LowAddress] is { } low) unit.LowAddress = DwarfForms.AddressOf(sections, unit, low);
    }

    private Dictionary<ulong, Shape>? ShapesAt(ulong offset, out string? problem)
    {
        problem = null;
        if (shapes.TryGetValue(offset, out var read)) return read;
        var table = sections[".debug_abbrev"];
        if (offset >= (ulong)table.Length)
        {
            problem = $"refers to the offset {offset} of .debug_abbrev, which has {table.Length} bytes";
            return null;
        }

        Dictionary<ulong, Shape> known = [];
        var cursor = new DwarfCursor(table.AsSpan((int)offset));
        while (cursor.Unsigned() is > 0 and var code)
        {
            var (tag, hasChildren) = (cursor.Unsigned(), cursor.Byte() != 0);
            List<(ulong, ulong, long)> list = [];
            while (true)
            {
                var (attribute, form) = (cursor.Unsigned(), cursor.Unsigned());
                var constant = form == ImplicitConstant ? cursor.Signed() : 0;
                if (cursor.HasFailed || (attribute == 0 && form == 0)) break;
                list.Add((attribute, form, constant));
                if (++shapeParts > MostAttributes) break;
            }

            if (cursor.HasFailed || ++shapeParts > MostAttributes)
            {
                problem = cursor.HasFailed ? "has kinds of entries in .debug_abbrev that do not end" : "has too many kinds of entries";
                return null;
            }

            known.TryAdd(code, new(tag, hasChildren, list));
        }

        return shapes[offset] = known;
    }

    // What entries of one kind have.
    private sealed record Shape(ulong Tag, bool HasChildren, List<(ulong Attribute, ulong Form, long Constant)> Attributes);
}
