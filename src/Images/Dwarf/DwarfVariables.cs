using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Images.Elf;
using RbpfSpec.Images.Variables;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Images.Dwarf;

/// <summary>The variables of functions, of the debug information of an object.</summary>
internal sealed class DwarfVariables
{
    private const int MostVariables = 50_000;
    private const int MostLocations = 200_000;
    private const int MostHops = 8;
    private const int LongestExpression = 512;
    private const long MostWork = 8_000_000;

    private static readonly byte CopyRegister = OperationTable.WithId("alu/mov64-x").Opcode;
    private static readonly byte AddNumber = OperationTable.WithId("alu/add64-k").Opcode;

    private readonly DwarfSections sections;
    private readonly List<DwarfEntry> entries;
    private readonly DwarfTypes types;
    private readonly LinkedSlots slots;
    private readonly Dictionary<int, int> indices = [];
    private readonly List<SourceVariable> variables = [];
    private readonly Dictionary<int, int> frames = [];
    private readonly Dictionary<List<DwarfRange>, Sequence<SlotRange>> scopes = new(ReferenceEqualityComparer.Instance);
    private int locations;

    // How much was looked at: lists may be shared, so that a small file could ask for much.
    private long work;

    private DwarfVariables(DwarfSections sections, List<DwarfEntry> entries, LinkedSlots slots)
    {
        (this.sections, this.entries, this.slots) = (sections, entries, slots);
        types = new(sections, entries);
        for (var i = 0; i < entries.Count; i++) indices.TryAdd(entries[i].Offset, i);
    }

    /// <summary>Reads them.</summary>
    /// <param name="file">The object.</param>
    /// <param name="parts">Where the program's slots lie in its sections.</param>
    /// <param name="read">The variables.</param>
    /// <param name="problem">Why there are none, one sentence without the end.</param>
    public static bool TryRead(
        ElfFile file,
        Sequence<ImagePart> parts,
        [NotNullWhen(true)] out ProgramVariables? read,
        [NotNullWhen(false)] out string? problem)
    {
        read = null;
        var found = new DwarfSections(file);
        if (!DwarfEntries.TryRead(found, out var all, out problem)) return false;
        var reader = new DwarfVariables(found, all, new(parts));
        var known = reader.types.Read();
        problem = reader.Read();
        if (problem is not null) return false;
        read = new(known, reader.variables.ToSequence());
        return true;
    }

    private string? Read()
    {
        // What encloses an entry comes before it.
        var around = new List<DwarfRange>[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var outer = entry.Parent >= 0 ? around[entry.Parent] : [];
            around[i] = entry.Tag switch
            {
                DwarfTag.Function or DwarfTag.Inlined => Addresses(entry),
                DwarfTag.Block when entry[DwarfAttribute.LowAddress] is not null || entry[DwarfAttribute.Ranges] is not null =>
                    Addresses(entry),
                _ => outer,
            };
            frames[i] = entry.Tag == DwarfTag.Function ? FrameSize(around[i]) : entry.Parent >= 0 ? frames[entry.Parent] : 0;
            if (entry.Tag is not (DwarfTag.Variable or DwarfTag.Parameter) || outer.Count == 0) continue;
            if (Made(entry, outer, frames[i]) is { } variable) variables.Add(variable);
            if (variables.Count > MostVariables) return $".debug_info has more than {MostVariables} variables";
            if (locations > MostLocations || work > MostWork) return $".debug_info has more than {MostLocations} places of variables";
        }

        return null;
    }

    private SourceVariable? Made(DwarfEntry entry, List<DwarfRange> outer, int frame)
    {
        var name = Inherited(entry, DwarfAttribute.Name) is var (named, text) ? DwarfForms.TextOf(sections, named.Unit, text) : "";
        if (name == "") return null;
        var scope = ScopeOf(outer);
        if (scope.IsEmpty) return null;
        var type = Inherited(entry, DwarfAttribute.Type) is var (typed, _) ? types.Of(typed) : SourceType.None;
        Sequence<VariableLocation> found = [.. Locations(entry, scope, frame).Take(MostLocations + 1)];
        locations += found.Count + scope.Count;
        return new(name, type, scope, found);
    }

    private Sequence<SlotRange> ScopeOf(List<DwarfRange> ranges)
    {
        if (scopes.TryGetValue(ranges, out var known)) return known;
        known = [.. ranges.SelectMany(range => slots.Of(range.From, range.To)).Take(MostLocations)];
        work += ranges.Count + known.Count;
        return scopes[ranges] = known;
    }

    private IEnumerable<VariableLocation> Locations(DwarfEntry entry, Sequence<SlotRange> scope, int frame)
    {
        var bases = types.Bases(entry.Unit);
        if (entry[DwarfAttribute.Location] is { } location)
        {
            if (DwarfForms.IsBytes(location))
            {
                if (location.Length > LongestExpression) yield break;
                var bytes = Sequence.Of(DwarfForms.Bytes(sections, location));
                foreach (var range in scope) yield return new(range, bytes, frame, bases);
                yield break;
            }

            var contents = sections[DwarfLists.LocationsOf(entry.Unit)];
            var list = DwarfLists.Locations(sections, entry.Unit, location);
            work += list.Count;
            foreach (var one in list)
            {
                if (one.Length > LongestExpression) continue;
                work += one.Length;
                var bytes = Sequence.Of<byte>(contents.AsSpan(one.Start, one.Length));
                var ranges = one.To == ulong.MaxValue ? scope : slots.Of(one.From, one.To);
                foreach (var range in ranges) yield return new(range, bytes, frame, bases);
            }
        }
        else if (Inherited(entry, DwarfAttribute.Constant) is var (_, constant) && !DwarfForms.IsBytes(constant))
        {
            // As an expression: the number, which is the value.
            var bytes = new byte[10];
            bytes[0] = 0x0e;
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), DwarfForms.Signed(constant));
            bytes[9] = 0x9f;
            foreach (var range in scope) yield return new(range, Sequence.Of<byte>(bytes), frame, bases);
        }
    }

    // What an entry has, or the entry that it is an instance of.
    private (DwarfEntry Entry, DwarfValue Value)? Inherited(DwarfEntry entry, ulong attribute)
    {
        for (var hops = 0; hops < MostHops; hops++)
        {
            if (entry[attribute] is { } value) return (entry, value);
            if ((entry[DwarfAttribute.Origin] ?? entry[DwarfAttribute.Specification]) is not { } origin
                || DwarfForms.Reference(entry.Unit, origin) is not (<= int.MaxValue and var offset)
                || !indices.TryGetValue((int)offset, out var index))
            {
                return null;
            }

            entry = entries[index];
        }

        return null;
    }

    private List<DwarfRange> Addresses(DwarfEntry entry)
    {
        if (work > MostWork) return [];
        if (entry[DwarfAttribute.Ranges] is { } ranges)
        {
            var list = DwarfLists.Ranges(sections, entry.Unit, ranges);
            work += list.Count;
            return list;
        }

        if (entry[DwarfAttribute.LowAddress] is not { } low || entry[DwarfAttribute.HighAddress] is not { } high) return [];
        var from = DwarfForms.AddressOf(sections, entry.Unit, low);
        var to = DwarfForms.IsAddress(high) ? DwarfForms.AddressOf(sections, entry.Unit, high) : unchecked(from + high.Number);
        return [new(from, to, 0, 0)];
    }

    // The lowest place of its stack that a function names, from r10 down, in whole words; 0 if it names none.
    private int FrameSize(List<DwarfRange> function)
    {
        var lowest = 0L;
        foreach (var range in function)
        {
            var code = sections.Code(range.From);
            var first = DwarfSections.Place(range.From).Offset / ProgramSlots.Size;
            var end = Math.Min(DwarfSections.Place(range.To).Offset, (ulong)code.Length) / ProgramSlots.Size;
            if (first >= end || work > MostWork) continue;
            work += (long)(end - first);
            for (var slot = first; slot < end; slot++) lowest = Math.Min(lowest, StackPlace(code, (int)slot));
        }

        return (int)Math.Min((-lowest + 7) / 8 * 8, int.MaxValue);
    }

    // An access by r10, or r10 copied and a number added to the copy.
    private static long StackPlace(ReadOnlySpan<byte> code, int slot)
    {
        var at = code[(slot * ProgramSlots.Size)..];
        var (opcode, destination, source) = (at[0], at[1] & 0xf, at[1] >> 4);
        var offset = System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(at[2..]);
        switch (opcode & 7)
        {
            case 1 when source == 10:
            case 2 or 3 when destination == 10:
                return offset;
            case 7 when opcode == CopyRegister && source == 10 && offset == 0 && at.Length >= 2 * ProgramSlots.Size:
                var next = at[ProgramSlots.Size..];
                return next[0] == AddNumber && (next[1] & 0xf) == destination
                    ? System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(next[4..]) : 0;
            default:
                return 0;
        }
    }
}
