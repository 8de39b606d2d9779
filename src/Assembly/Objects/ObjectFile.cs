namespace RbpfSpec.Assembly.Objects;

/// <summary>A relocatable object: what assembly text comes to before it is linked.</summary>
/// <param name="Sections">The sections, in the order in which the text names them; <c>.text</c> is the first.</param>
/// <param name="Symbols">The symbols, those of one object before those that others see.</param>
public sealed record ObjectFile(Sequence<ObjectSection> Sections, Sequence<ObjectSymbol> Symbols);

/// <summary>A section of an object.</summary>
/// <param name="Name">The name, such as <c>.rodata</c>.</param>
/// <param name="Type">Whether the file holds its bytes.</param>
/// <param name="Flags">What it is for.</param>
/// <param name="Alignment">The multiple of bytes that its address must be.</param>
/// <param name="Size">The number of bytes; as many as <paramref name="Bytes"/>, unless it holds zeros only.</param>
/// <param name="Bytes">The contents; none if it holds zeros only.</param>
/// <param name="Relocations">The places that a linker must fill in, in ascending order.</param>
public sealed record ObjectSection(
    string Name,
    SectionType Type,
    SectionFlags Flags,
    ulong Alignment,
    ulong Size,
    Sequence<byte> Bytes,
    Sequence<ObjectRelocation> Relocations);

/// <summary>A named place in an object.</summary>
/// <param name="Name">The name; empty of the symbol that stands for a section.</param>
/// <param name="Section">The index of its section in the object; negative if it is defined elsewhere.</param>
/// <param name="Value">The offset in its section, in bytes; of a common symbol, the alignment.</param>
/// <param name="Size">The number of bytes of what it names; zero if that is not said.</param>
/// <param name="Binding">Who sees it.</param>
/// <param name="Type">What it names.</param>
/// <param name="IsCommon">Whether a linker gives it room in a section of zeros.</param>
public sealed record ObjectSymbol(
    string Name, int Section, ulong Value, ulong Size, SymbolBinding Binding, SymbolType Type, bool IsCommon = false);

/// <summary>A place that a linker must fill in; what is to be added stands there.</summary>
/// <param name="Offset">The offset of the place in its section, in bytes.</param>
/// <param name="Type">What stands there.</param>
/// <param name="Symbol">The index of the symbol in the object.</param>
public sealed record ObjectRelocation(ulong Offset, RelocationType Type, int Symbol);

/// <summary>The numbers of ELF for whether a section's bytes are in the file.</summary>
public enum SectionType
{
    /// <summary>They are.</summary>
    Bits = 1,

    /// <summary>They are zeros, and are not.</summary>
    Zeros = 8,
}

/// <summary>The flags of ELF for what a section is for.</summary>
[Flags]
public enum SectionFlags
{
    /// <summary>For tools only, such as debug information.</summary>
    None = 0,

    /// <summary>The program may store to it.</summary>
    Write = 1,

    /// <summary>It is there while the program runs.</summary>
    Allocate = 2,

    /// <summary>It holds instructions.</summary>
    Execute = 4,
}

/// <summary>The numbers of ELF for who sees a symbol.</summary>
public enum SymbolBinding
{
    /// <summary>This object only.</summary>
    Local,

    /// <summary>All objects.</summary>
    Global,

    /// <summary>All objects; another definition wins, and none is zero.</summary>
    Weak,
}

/// <summary>The numbers of ELF for what a symbol names.</summary>
public enum SymbolType
{
    /// <summary>A place.</summary>
    None,

    /// <summary>Data.</summary>
    Object,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A section.</summary>
    Section,
}

/// <summary>The numbers of LLVM's BPF backend for what a linker fills in.</summary>
public enum RelocationType
{
    /// <summary>An address in the immediates of a wide load.</summary>
    Load = 1,

    /// <summary>An address in 8 bytes of data.</summary>
    Data64 = 2,

    /// <summary>An address in 4 bytes of data.</summary>
    Data32 = 3,

    /// <summary>The distance of a function in the immediate of a call.</summary>
    Call = 10,
}
