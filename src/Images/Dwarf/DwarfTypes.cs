using RbpfSpec.Images.Variables;

namespace RbpfSpec.Images.Dwarf;

/// <summary>Makes types of entries.</summary>
/// <param name="sections">The sections.</param>
/// <param name="entries">The entries.</param>
internal sealed class DwarfTypes(DwarfSections sections, List<DwarfEntry> entries)
{
    // More of one enumeration or structure no program has, and no debugger shows.
    private const int MostParts = 10_000;
    private const int MostBases = 64;
    private const ulong Boolean = 0x02;

    private readonly Dictionary<int, int> indices = [];
    private readonly List<SourceType> types = [];

    // Behind those of entries.
    private readonly List<SourceType> inner = [];
    private readonly Dictionary<DwarfUnit, List<BaseNumber>> bases = [];

    /// <summary>Makes the types of all entries.</summary>
    public Sequence<SourceType> Read()
    {
        List<DwarfEntry> found = [.. entries.Where(IsType).DistinctBy(static entry => entry.Offset)];
        for (var i = 0; i < found.Count; i++) indices.TryAdd(found[i].Offset, i);
        var parts = entries.Where(static entry => entry.Parent >= 0 && IsPart(entry)).ToLookup(static entry => entry.Parent);
        Dictionary<DwarfEntry, int> places = new(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < entries.Count; i++) places[entries[i]] = i;
        foreach (var entry in found) types.Add(Made(entry, parts[places[entry]]));
        return [.. types, .. inner];
    }

    /// <summary>The index of the type of an entry.</summary>
    public int Of(DwarfEntry entry) => entry[DwarfAttribute.Type] is { } type
        && DwarfForms.Reference(entry.Unit, type) is <= int.MaxValue and var offset && indices.TryGetValue((int)offset, out var index)
            ? index
            : SourceType.None;

    /// <summary>The types of numbers of a unit.</summary>
    public Sequence<BaseNumber> Bases(DwarfUnit unit) => bases.TryGetValue(unit, out var known) ? known.ToSequence() : [];

    private static bool IsType(DwarfEntry entry) => entry.Tag is DwarfTag.Array or DwarfTag.Class or DwarfTag.Enumeration
        or DwarfTag.Pointer or DwarfTag.Reference or DwarfTag.Structure or DwarfTag.Alias or DwarfTag.Union or DwarfTag.Base
        or DwarfTag.Constant or DwarfTag.Volatile or DwarfTag.Restricted or DwarfTag.Atomic;

    private static bool IsPart(DwarfEntry entry) => entry.Tag is DwarfTag.Member or DwarfTag.Enumerator or DwarfTag.Subrange;

    private SourceType Made(DwarfEntry entry, IEnumerable<DwarfEntry> parts)
    {
        var name = NameOf(entry);
        var size = entry[DwarfAttribute.ByteSize]?.Number ?? 0;
        return entry.Tag switch
        {
            DwarfTag.Base => Number(entry, name, (int)Math.Min(size, 16)),
            DwarfTag.Pointer or DwarfTag.Reference => new SourceType.Pointer(Of(entry)),
            DwarfTag.Array => ArrayOf(Of(entry), [.. parts.Where(static part => part.Tag == DwarfTag.Subrange).Take(8).Select(CountOf)]),
            DwarfTag.Structure or DwarfTag.Class => Structure(entry, $"struct {name}", (long)size, parts),
            DwarfTag.Union => Structure(entry, $"union {name}", (long)size, parts),
            DwarfTag.Enumeration => new SourceType.Enumeration(
                $"enum {name}".TrimEnd(),
                (int)Math.Min(size, 8),
                [.. parts.Where(static part => part.Tag == DwarfTag.Enumerator).Take(MostParts).Select(Enumerator)]),
            DwarfTag.Constant => new SourceType.Alias("", Of(entry)),
            DwarfTag.Volatile or DwarfTag.Restricted or DwarfTag.Atomic => new SourceType.Alias("", Of(entry)),
            _ => new SourceType.Alias(name, Of(entry)),
        };
    }

    private SourceType.Number Number(DwarfEntry entry, string name, int size)
    {
        NumberKind kind = entry[DwarfAttribute.Encoding]?.Number switch
        {
            Boolean => NumberKind.Boolean,
            0x05 => NumberKind.Signed,
            0x06 => NumberKind.SignedCharacter,
            0x07 => NumberKind.Unsigned,
            0x08 => NumberKind.UnsignedCharacter,
            0x10 => NumberKind.UnsignedCharacter,
            _ => NumberKind.Other,
        };
        if (!bases.TryGetValue(entry.Unit, out var known)) bases[entry.Unit] = known = [];
        if (known.Count < MostBases && size is >= 1 and <= 8)
            known.Add(new((ulong)(entry.Offset - entry.Unit.Start), size, kind is NumberKind.Signed or NumberKind.SignedCharacter));
        return new(name, size, kind);
    }

    private SourceType.Structure Structure(DwarfEntry entry, string name, long size, IEnumerable<DwarfEntry> parts) => new(
        name.TrimEnd(), size, [.. parts.Where(static part => part.Tag == DwarfTag.Member).Take(MostParts).Select(Member)]);

    private SourceMember Member(DwarfEntry entry)
    {
        var offset = entry[DwarfAttribute.MemberLocation] is { } at && !DwarfForms.IsBytes(at) ? (long)at.Number : 0;
        if (entry[DwarfAttribute.BitSize]?.Number is not (>= 1 and <= 64 and var count)) return new(NameOf(entry), Of(entry), offset, null);
        var size = (long)Math.Min(entry[DwarfAttribute.ByteSize]?.Number ?? 4, 8);
        var first = entry[DwarfAttribute.DataBitOffset] is { } bits ? (long)Math.Min(bits.Number, int.MaxValue)
            : (8 * size) - (long)Math.Min(entry[DwarfAttribute.BitOffset]?.Number ?? 0, 64) - (long)count;

        // From the byte on in which the first of them lies.
        offset += Math.DivRem(Math.Max(first, 0), 8, out var within);
        return new(NameOf(entry), Of(entry), offset, new((int)within, (int)count));
    }

    private (string, long) Enumerator(DwarfEntry entry) =>
        (NameOf(entry), entry[DwarfAttribute.Constant] is { } value ? DwarfForms.Signed(value) : 0);

    // The dimensions but the first are types without an entry.
    private SourceType.Array ArrayOf(int element, Sequence<long> counts)
    {
        for (var i = counts.Count - 1; i > 0; i--)
        {
            inner.Add(new SourceType.Array(element, counts[i]));
            element = indices.Count + inner.Count - 1;
        }

        return new(element, counts.IsEmpty ? 0 : counts[0]);
    }

    private static long CountOf(DwarfEntry entry) =>
        entry[DwarfAttribute.Count] is { } count && !DwarfForms.IsBytes(count) ? (long)count.Number
        : entry[DwarfAttribute.UpperBound] is { } bound && !DwarfForms.IsBytes(bound) ? unchecked((long)bound.Number + 1)
        : 0;

    private string NameOf(DwarfEntry entry) =>
        entry[DwarfAttribute.Name] is { } name ? DwarfForms.TextOf(sections, entry.Unit, name) : "";
}
