namespace RbpfSpec.Images.Elf;

/// <summary>A symbol: a name for a place in a section.</summary>
internal sealed record ElfSymbol
{
    public required int Index { get; init; }

    /// <summary>The name; the section's for a symbol that stands for a section.</summary>
    public required string Name { get; init; }

    public required byte Binding { get; init; }

    public required byte Type { get; init; }

    /// <summary>
    /// The index of its section, or a reserved number from <see cref="ElfFormat.IndexFirstReserved"/> on.
    /// </summary>
    public required ushort SectionIndex { get; init; }

    /// <summary>The offset in its section, in bytes.</summary>
    public required ulong Value { get; init; }

    /// <summary>The length of what it names, in bytes.</summary>
    public required ulong Size { get; init; }

    /// <summary>The name as messages show it.</summary>
    public string ShortName => NameList.Short(Name);

    /// <summary>The symbol as problems name it.</summary>
    public string Place => $"symbol {Index} ({ShortName})";

    public bool IsGlobal => Binding is not ElfFormat.BindLocal;

    public bool IsWeak => Binding is ElfFormat.BindWeak;

    public bool IsUndefined => SectionIndex is ElfFormat.IndexUndefined;

    /// <summary>Whether the symbol asks for zeroed bytes: their number is its size, their alignment its value.</summary>
    public bool IsCommon => SectionIndex is ElfFormat.IndexCommon;

    public bool IsObject => Type is ElfFormat.SymbolObject;

    public bool IsFunction => Type is ElfFormat.SymbolFunction;

    /// <summary>
    /// Whether the symbol names a slot without saying what it is, as jump targets and assembly's functions do.
    /// </summary>
    public bool IsLabel => Type is ElfFormat.SymbolNoType && Name.Length > 0;
}

/// <summary>A place in a section that must hold the address, or the distance, of a symbol.</summary>
/// <param name="Table">The section that the relocation stands in.</param>
/// <param name="Index">Its index there, from 0.</param>
/// <param name="Offset">The offset, in bytes, of the place in the section that the table applies to.</param>
/// <param name="Type">One of LLVM's relocation types for BPF.</param>
/// <param name="Symbol">What is referred to.</param>
internal sealed record ElfRelocation(ElfSection Table, int Index, ulong Offset, uint Type, ElfSymbol Symbol)
{
    /// <summary>The relocation as problems name it.</summary>
    public string Place => $"{Table.Place}, relocation {Index}";

    /// <summary>How many bytes of data it fills; 0 if it does not apply to data.</summary>
    public int Bytes => Type switch
    {
        ElfFormat.RelocateData64 => sizeof(ulong),
        ElfFormat.RelocateData32 => sizeof(uint),
        _ => 0,
    };

    /// <summary>Whether what it fills lies within a section of some bytes.</summary>
    public bool LiesWithin(ulong size) => (UInt128)Offset + (uint)Bytes <= size;

    /// <summary>The name of its type.</summary>
    public string TypeName => Type switch
    {
        ElfFormat.RelocateLoad => "R_BPF_64_64",
        ElfFormat.RelocateData64 => "R_BPF_64_ABS64",
        ElfFormat.RelocateData32 => "R_BPF_64_ABS32",
        ElfFormat.RelocateCall => "R_BPF_64_32",
        _ => $"type {Type}",
    };
}
