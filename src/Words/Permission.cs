namespace RbpfSpec.Words;

/// <summary>The permission that a program has to the bytes of a region.</summary>
/// <remarks>The C machines' <c>BPF_MEM_REGION_READ</c> and <c>BPF_MEM_REGION_WRITE</c>.</remarks>
[Flags]
public enum Permission
{
    /// <summary>Neither reads nor writes.</summary>
    None = 0,

    /// <summary>Loads.</summary>
    Read = 1,

    /// <summary>Stores.</summary>
    Write = 2,

    /// <summary>Loads, stores and atomic operations.</summary>
    ReadWrite = Read | Write,
}
