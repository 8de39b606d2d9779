namespace RbpfSpec.Images.Dwarf;

/// <summary>Addresses one behind the other, and where a variable is at them.</summary>
/// <param name="From">The first address.</param>
/// <param name="To">The one behind the last.</param>
/// <param name="Start">The offset of an expression in the list's section.</param>
/// <param name="Length">Its length.</param>
internal readonly record struct DwarfRange(ulong From, ulong To, int Start, int Length);

/// <summary>Reads lists of ranges and of locations: of DWARF 5 §7.7.3 and §7.25, and those of older versions.</summary>
internal static class DwarfLists
{
    /// <summary>The most ranges of one list.</summary>
    public const int MostRanges = 10_000;

    private const ulong ListIndexOfLocations = 0x22;
    private const ulong ListIndexOfRanges = 0x23;

    /// <summary>The section that lists of locations of a unit are in.</summary>
    public static string LocationsOf(DwarfUnit unit) => unit.Version >= 5 ? ".debug_loclists" : ".debug_loc";

    /// <summary>The ranges of addresses that an attribute names; those that were read before something that makes no sense.</summary>
    public static List<DwarfRange> Ranges(DwarfSections sections, DwarfUnit unit, DwarfValue value) => unit.Version >= 5
        ? Read(sections, unit, ".debug_rnglists", Offset(sections, ".debug_rnglists", unit.RangesBase, ListIndexOfRanges, value), false)
        : ReadOld(sections, unit, ".debug_ranges", value.Number, hasExpressions: false);

    /// <summary>The locations that an attribute names, likewise.</summary>
    public static List<DwarfRange> Locations(DwarfSections sections, DwarfUnit unit, DwarfValue value)
    {
        var section = LocationsOf(unit);
        return unit.Version >= 5
            ? Read(sections, unit, section, Offset(sections, section, unit.LocationsBase, ListIndexOfLocations, value), true)
            : ReadOld(sections, unit, section, value.Number, hasExpressions: true);
    }

    // By an index into the table of offsets before the lists, or as it is.
    private static ulong Offset(DwarfSections sections, string section, ulong start, ulong byIndex, DwarfValue value) =>
        value.Form != byIndex ? value.Number
        : value.Number > uint.MaxValue ? ulong.MaxValue
        : unchecked(start + sections.Number(section, start + (value.Number * sizeof(uint)), sizeof(uint)));

    private static List<DwarfRange> Read(DwarfSections sections, DwarfUnit unit, string section, ulong offset, bool hasExpressions)
    {
        List<DwarfRange> read = [];
        var bytes = sections[section];
        if (offset >= (ulong)bytes.Length) return read;
        var cursor = new DwarfCursor(bytes.AsSpan((int)offset));
        var low = unit.LowAddress;
        while (!cursor.HasFailed && read.Count < MostRanges)
        {
            var kind = cursor.Byte();

            // What holds where nothing else does is a location of its own.
            if (!hasExpressions && kind >= 5) kind++;
            var (from, to) = (0UL, 0UL);
            switch (kind)
            {
                case 1:
                    low = DwarfForms.AddressAt(sections, unit, cursor.Unsigned());
                    continue;
                case 2:
                    from = DwarfForms.AddressAt(sections, unit, cursor.Unsigned());
                    to = DwarfForms.AddressAt(sections, unit, cursor.Unsigned());
                    break;
                case 3:
                    from = DwarfForms.AddressAt(sections, unit, cursor.Unsigned());
                    to = unchecked(from + cursor.Unsigned());
                    break;
                case 4:
                    from = unchecked(low + cursor.Unsigned());
                    to = unchecked(low + cursor.Unsigned());
                    break;
                case 5:
                    to = ulong.MaxValue;
                    break;
                case 6:
                    low = AddressHere(sections, section, offset, ref cursor);
                    continue;
                case 7:
                    from = AddressHere(sections, section, offset, ref cursor);
                    to = AddressHere(sections, section, offset, ref cursor);
                    break;
                case 8:
                    from = AddressHere(sections, section, offset, ref cursor);
                    to = unchecked(from + cursor.Unsigned());
                    break;
                default:
                    return read;
            }

            var length = hasExpressions ? cursor.Unsigned() : 0;
            var start = (int)offset + cursor.Position;
            cursor.Take(length);
            if (!cursor.HasFailed) read.Add(new(from, to, start, (int)length));
        }

        return read;
    }

    // Pairs of addresses that count from the unit's; a pair of zeros ends them, and the greatest address before one changes from where.
    private static List<DwarfRange> ReadOld(DwarfSections sections, DwarfUnit unit, string section, ulong offset, bool hasExpressions)
    {
        List<DwarfRange> read = [];
        var bytes = sections[section];
        if (offset >= (ulong)bytes.Length) return read;
        var cursor = new DwarfCursor(bytes.AsSpan((int)offset));
        var low = unit.LowAddress;
        while (read.Count < MostRanges)
        {
            var place = offset + (ulong)cursor.Position;
            var isPlace = sections.IsRelocated(section, place);
            var from = AddressHere(sections, section, offset, ref cursor);
            var to = AddressHere(sections, section, offset, ref cursor);
            if (cursor.HasFailed || (from == 0 && to == 0 && !isPlace)) break;
            if (from == ulong.MaxValue)
            {
                low = to;
                continue;
            }

            var length = hasExpressions ? cursor.Half() : (ushort)0;
            var start = (int)offset + cursor.Position;
            cursor.Take(length);
            if (cursor.HasFailed) break;
            read.Add(isPlace ? new(from, to, start, length) : new(unchecked(low + from), unchecked(low + to), start, length));
        }

        return read;
    }

    private static ulong AddressHere(DwarfSections sections, string section, ulong offset, ref DwarfCursor cursor)
    {
        var at = offset + (ulong)cursor.Position;
        cursor.Take(sizeof(ulong));
        return sections.Address(section, at);
    }
}
