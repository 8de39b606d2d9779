namespace RbpfSpec.Images.Dwarf;

/// <summary>A unit of debug information: how its entries name texts, addresses and lists.</summary>
internal sealed class DwarfUnit
{
    /// <summary>The offset of the unit in <c>.debug_info</c>.</summary>
    public required int Start { get; init; }

    public required int Version { get; init; }

    public ulong TextBase { get; set; }

    public ulong AddressBase { get; set; }

    public ulong RangesBase { get; set; }

    public ulong LocationsBase { get; set; }

    /// <summary>The address that offsets of lists count from, unless these say otherwise.</summary>
    public ulong LowAddress { get; set; }
}

/// <summary>The value of an attribute.</summary>
/// <param name="Form">How it is written.</param>
/// <param name="Number">The number; of a text within the entry, its place.</param>
/// <param name="Length">The number of bytes from the place <paramref name="Number"/> on, of bytes.</param>
internal readonly record struct DwarfValue(ulong Form, ulong Number, int Length);

/// <summary>An entry of debug information.</summary>
/// <param name="Unit">Its unit.</param>
/// <param name="Offset">Its offset in <c>.debug_info</c>.</param>
/// <param name="Parent">The index of the entry that it is within; -1 for none.</param>
/// <param name="Tag">The kind of entry.</param>
/// <param name="Values">The attributes.</param>
internal sealed record DwarfEntry(DwarfUnit Unit, int Offset, int Parent, ulong Tag, (ulong Attribute, DwarfValue Value)[] Values)
{
    /// <summary>The value of an attribute; null if the entry has not got it.</summary>
    public DwarfValue? this[ulong attribute]
    {
        get
        {
            foreach (var (known, value) in Values)
            {
                if (known == attribute) return value;
            }

            return null;
        }
    }
}

/// <summary>Attributes of entries (DWARF 5 §7.5.4).</summary>
internal static class DwarfAttribute
{
    public const ulong Location = 0x02;
    public const ulong Name = 0x03;
    public const ulong ByteSize = 0x0b;
    public const ulong BitOffset = 0x0c;
    public const ulong BitSize = 0x0d;
    public const ulong LowAddress = 0x11;
    public const ulong HighAddress = 0x12;
    public const ulong Constant = 0x1c;
    public const ulong UpperBound = 0x2f;
    public const ulong Origin = 0x31;
    public const ulong Count = 0x37;
    public const ulong MemberLocation = 0x38;
    public const ulong Encoding = 0x3e;
    public const ulong Specification = 0x47;
    public const ulong Type = 0x49;
    public const ulong Ranges = 0x55;
    public const ulong DataBitOffset = 0x6b;
    public const ulong TextBase = 0x72;
    public const ulong AddressBase = 0x73;
    public const ulong RangesBase = 0x74;
    public const ulong LocationsBase = 0x8c;
}

/// <summary>Kinds of entries (DWARF 5 §7.5.3).</summary>
internal static class DwarfTag
{
    public const ulong Array = 0x01;
    public const ulong Class = 0x02;
    public const ulong Enumeration = 0x04;
    public const ulong Parameter = 0x05;
    public const ulong Block = 0x0b;
    public const ulong Member = 0x0d;
    public const ulong Pointer = 0x0f;
    public const ulong Reference = 0x10;
    public const ulong Structure = 0x13;
    public const ulong Alias = 0x16;
    public const ulong Union = 0x17;
    public const ulong Inlined = 0x1d;
    public const ulong Subrange = 0x21;
    public const ulong Base = 0x24;
    public const ulong Constant = 0x26;
    public const ulong Enumerator = 0x28;
    public const ulong Function = 0x2e;
    public const ulong Variable = 0x34;
    public const ulong Volatile = 0x35;
    public const ulong Restricted = 0x37;
    public const ulong Atomic = 0x47;
}
