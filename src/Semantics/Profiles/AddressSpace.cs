namespace RbpfSpec.Semantics.Profiles;

/// <summary>Where things are in the address space of a run, unless the caller places them.</summary>
public static class AddressSpace
{
    /// <summary>The first byte of the entry function's stack frame; frames of local calls are below it.</summary>
    public const ulong Stack = 0x1000_0000;

    /// <summary>The first byte of the context.</summary>
    public const ulong Context = 0x2000_0000;

    /// <summary>The first byte of what an image brings along.</summary>
    public const ulong Image = 0x3000_0000;

    /// <summary>The first byte of the regions that a caller adds.</summary>
    public const ulong Added = 0x4000_0000;
}
