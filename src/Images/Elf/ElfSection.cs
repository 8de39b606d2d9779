namespace RbpfSpec.Images.Elf;

/// <summary>A section header, with its name found.</summary>
/// <remarks>
/// Contents, if the section has any in the file, lie within it: <see cref="ElfFile"/> has checked that.
/// </remarks>
internal sealed record ElfSection
{
    public required int Index { get; init; }

    public required string Name { get; init; }

    public required uint Type { get; init; }

    public required ulong Flags { get; init; }

    /// <summary>Where the contents start in the file.</summary>
    public required ulong Offset { get; init; }

    /// <summary>The length in bytes, in the file unless <see cref="IsZeros"/>.</summary>
    public required ulong Size { get; init; }

    /// <summary>The index of a companion section: the strings of symbols, the symbols of relocations.</summary>
    public required uint Link { get; init; }

    /// <summary>The index of the section that relocations apply to.</summary>
    public required uint Info { get; init; }

    public required ulong Alignment { get; init; }

    public required ulong EntrySize { get; init; }

    /// <summary>The section as problems name it.</summary>
    public string Place => $"section {Index} ({NameList.Short(Name)})";

    /// <summary>The length in whole slots, of a section of instructions.</summary>
    public int Slots => (int)(Size / ProgramSlots.Size);

    public bool IsZeros => Type is ElfFormat.SectionNoBits;

    public bool IsAllocated => Has(ElfFormat.FlagAllocate);

    public bool IsThreadLocal => Has(ElfFormat.FlagThreadLocal);

    /// <summary>Whether the section is one of a group, of which a linker keeps one: C++ puts inline functions there.</summary>
    public bool IsGrouped => Has(ElfFormat.FlagGroup);

    /// <summary>Whether the section is where a compiler puts functions that nothing else is said of.</summary>
    public bool IsCommonText => Name is ".text" || Name.StartsWith(".text.", StringComparison.Ordinal);

    /// <summary>Whether the section holds instructions.</summary>
    public bool IsText =>
        Type is ElfFormat.SectionProgramBits && IsAllocated && Has(ElfFormat.FlagExecute) && Size > 0;

    /// <summary>Whether the section holds what a program may load from or store to.</summary>
    public bool IsData => IsAllocated && !Has(ElfFormat.FlagExecute) && Size > 0 && !IsMaps
        && Type is ElfFormat.SectionProgramBits or ElfFormat.SectionNoBits;

    /// <summary>Whether the section declares the maps of Linux programs.</summary>
    public bool IsMaps => Name is "maps" or ".maps";

    public Permission Permission => Has(ElfFormat.FlagWrite) ? Permission.ReadWrite : Permission.Read;

    private bool Has(ulong flag) => (Flags & flag) is not 0;
}
