using System.Globalization;
using RbpfSpec.Debugging.Places;
using RbpfSpec.Images.Variables;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Variables;

/// <summary>The variables of C that a function has where it is, in a state.</summary>
/// <param name="program">The variables of the program.</param>
/// <param name="state">The state.</param>
/// <param name="slot">The instruction that the names are asked about: of a caller, its call.</param>
/// <param name="firstKnown">The first register that is known: of a caller, r6.</param>
public sealed class Locals(ProgramVariables program, State<Word> state, ulong slot, int firstKnown = 0)
{
    // Of a structure that is nowhere in memory.
    private const int LargestValue = 4096;

    private static readonly VariablePlace.Gone Optimised = new("optimised away");

    /// <summary>The variables, each name once: the innermost that has it.</summary>
    public IEnumerable<NamedValue> All() => program.All.Where(variable => IsHere(variable.Scope))
        .GroupBy(static variable => variable.Name, StringComparer.Ordinal)
        .Select(group => new NamedValue(group.Key, group.Key, Of(group.Last())));

    /// <summary>The value of the variable with a name; null if there is none here.</summary>
    public CValue? Find(ReadOnlySpan<char> name)
    {
        for (var i = program.All.Count - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(program.All[i].Name) && IsHere(program.All[i].Scope)) return Of(program.All[i]);
        }

        return null;
    }

    /// <summary>The type of a value; null if it is not told.</summary>
    public SourceType? TypeOf(CValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return program.TypeAt(value.Type);
    }

    /// <summary>The name of a type as C writes it.</summary>
    public string NameOf(int type) => NameOf(type, 0);

    /// <summary>The member of a structure, or of the structure that a pointer leads to; null if there is none.</summary>
    public CValue? Member(CValue value, string name)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (TypeOf(value) is SourceType.Pointer) value = Target(value)!;
        return Members(value, 0).FirstOrDefault(member => member.Name == name).Value;
    }

    /// <summary>The members of a structure, those of members without a name among them.</summary>
    public IEnumerable<(string Name, CValue Value)> Members(CValue value) => Members(value, 0);

    /// <summary>An element of an array, or of what a pointer leads to; null if it has none.</summary>
    public CValue? Element(CValue value, long index)
    {
        var type = TypeOf(value);
        var element = (type as SourceType.Array)?.Element ?? (type as SourceType.Pointer)?.Target ?? SourceType.None;
        var whole = type is SourceType.Pointer ? Target(value) : value;
        return type is SourceType.Array or SourceType.Pointer && whole is not null && SizeOf(element) is > 0 and var size
            ? Part(whole, element, unchecked(index * size), size, null)
            : null;
    }

    /// <summary>The value that a pointer leads to; null if it is none.</summary>
    public CValue? Target(CValue value) => TypeOf(value) is SourceType.Pointer(var target)
        ? new(target, Number(value) is { } address ? new VariablePlace.Memory(address) : Lack(value))
        : null;

    /// <summary>The number of a value, with its sign over all 64 bits; null if it is none, or not there.</summary>
    public ulong? Number(CValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var (size, isSigned) = NumberOf(value);
        if (size is < 1 or > 8) return null;

        // The bits of a field may lie in as many bytes as it takes.
        var count = value.Bits is { } bits ? Math.Min((bits.First + bits.Count + 7) / 8, sizeof(ulong)) : size;
        if (Read(value, count) is not { } read || read.Contains(null)) return null;
        var number = 0UL;
        for (var i = count - 1; i >= 0; i--) number = (number << 8) | read[i]!.Value;
        var (low, width) = value.Bits is { } field ? (field.First, Math.Min(field.Count, 64 - field.First)) : (0, 8 * size);
        var unused = 64 - width;
        number = number >> low << unused;
        return isSigned ? (ulong)((long)number >> unused) : number >> unused;
    }

    /// <summary>Whether a value is a number by its type, wherever it is.</summary>
    public bool IsNumber(CValue value) => NumberOf(value).Size is >= 1 and <= 8;

    // Size in bytes, 0 of what is no number.
    private (int Size, bool IsSigned) NumberOf(CValue value) => TypeOf(value) switch
    {
        SourceType.Number(_, var bytes, var kind) =>
            (kind is NumberKind.Other ? 0 : bytes, kind is NumberKind.Signed or NumberKind.SignedCharacter),
        SourceType.Enumeration(_, var bytes, var values) => (bytes, values.Any(static one => one.Value < 0)),
        SourceType.Pointer => (sizeof(ulong), false),
        SourceType.Array or SourceType.Structure or SourceType.Alias or null => (0, false),
    };

    /// <summary>The bytes of a value, null where there is none; null if none can be read.</summary>
    public byte?[]? Read(CValue value, long count)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (count is < 0 or > LargestValue) return null;
        switch (value.Place)
        {
            case VariablePlace.Memory(var address):
                var bytes = MemoryView.Read(state, address, (int)count);
                return bytes.Length == count ? [.. bytes.Select(static one => (byte?)one)] : null;
            case VariablePlace.Value(var known):
                return [.. Enumerable.Range(0, (int)count).Select(at => at < known.Count ? known[at] : null)];
            case VariablePlace.Gone:
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The size of a type in bytes; 0 if it is not told.</summary>
    public long SizeOf(int type) => SizeOf(type, 0);

    private long SizeOf(int type, int depth) => depth > LargestDepth ? 0 : program.TypeAt(type) switch
    {
        SourceType.Number number => number.Size,
        SourceType.Enumeration enumeration => enumeration.Size,
        SourceType.Pointer => sizeof(ulong),
        SourceType.Structure structure => structure.Size,
        SourceType.Array(var element, var count) => unchecked(SizeOf(element, depth + 1) * count),
        SourceType.Alias or null => 0,
    };

    private const int LargestDepth = 16;

    private IEnumerable<(string Name, CValue Value)> Members(CValue value, int depth)
    {
        if (TypeOf(value) is not SourceType.Structure structure || depth > LargestDepth) yield break;
        foreach (var member in structure.Members)
        {
            var size = member.Bits is null ? SizeOf(member.Type) : (member.Bits.First + member.Bits.Count + 7) / 8;
            var part = Part(value, member.Type, member.Offset, size, member.Bits);
            if (member.Name == "")
            {
                foreach (var inner in Members(part, depth + 1)) yield return inner;
            }
            else
            {
                yield return (member.Name, part);
            }
        }
    }

    private static CValue Part(CValue whole, int type, long offset, long size, BitField? bits) => new(type, whole.Place switch
    {
        VariablePlace.Memory(var address) => new VariablePlace.Memory(unchecked(address + (ulong)offset)),
        VariablePlace.Value(var bytes) when offset >= 0 && offset < bytes.Count && size is >= 0 and <= LargestValue =>
            new VariablePlace.Value([.. bytes.Skip((int)offset).Take((int)size)]),
        VariablePlace.Value => Optimised,
        VariablePlace.Gone gone => gone,
    }, bits);

    private static VariablePlace.Gone Lack(CValue value) => value.Place as VariablePlace.Gone ?? Optimised;

    private bool IsHere(Sequence<SlotRange> ranges)
    {
        foreach (var range in ranges)
        {
            if (range.Has(slot)) return true;
        }

        return false;
    }

    private CValue Of(SourceVariable variable)
    {
        foreach (var location in variable.Locations)
        {
            if (location.Range.Has(slot)) return new(variable.Type, LocationExpression.Evaluate(location, Machine));
        }

        return new(variable.Type, Optimised);
    }

    private LocationMachine Machine => new(
        register => register >= firstKnown && register < Registers<Word>.Count ? state.Registers[register].Value : null,
        (address, size) => MemoryView.Number(state, address, size));

    // The outermost dimension stands first.
    private string ArrayName(int element, string dimensions, int depth) =>
        depth < LargestDepth && element >= 0 && element < program.Types.Count
            && program.Types[element] is SourceType.Array(var inner, var count)
            ? ArrayName(inner, $"{dimensions}[{count.ToString(CultureInfo.InvariantCulture)}]", depth + 1)
            : NameOf(element, depth + 1) + dimensions;

    private string NameOf(int type, int depth)
    {
        if (type < 0 || type >= program.Types.Count) return "void";
        if (depth > LargestDepth) return "…";
        return program.Types[type] switch
        {
            SourceType.Number(var name, _, _) => name,
            SourceType.Structure(var name, _, _) => name,
            SourceType.Enumeration(var name, _, _) => name,
            SourceType.Pointer(var target) => $"{NameOf(target, depth + 1)} *",
            SourceType.Array(var element, var count) => ArrayName(element, $"[{count.ToString(CultureInfo.InvariantCulture)}]", depth),
            SourceType.Alias("", var target) => NameOf(target, depth + 1),
            SourceType.Alias(var name, _) => name,
        };
    }
}
