namespace RbpfSpec.Images;

/// <summary>A section of instructions as an object holds it, nothing linked.</summary>
/// <param name="Name">The section's name.</param>
/// <param name="Index">Its index in the file.</param>
/// <param name="Stored">Its bytes as the file has them, in the object's byte order.</param>
/// <param name="Slots">The same as slots of 8 bytes, fields little-endian; what is left over at the end is not part.</param>
/// <param name="Functions">The functions in it, in ascending order of slot.</param>
/// <param name="Labels">The other names in it, in ascending order of slot.</param>
/// <param name="References">What a linker would fill in, in ascending order of slot.</param>
public sealed record CodeSection(
    string Name,
    int Index,
    Sequence<byte> Stored,
    Sequence<byte> Slots,
    Sequence<ImageFunction> Functions,
    Sequence<ImageLabel> Labels,
    Sequence<CodeReference> References);

/// <summary>A relocation of instructions: what they refer to.</summary>
/// <param name="Offset">The offset in the section, in bytes.</param>
/// <param name="Type">The name of its type, such as <c>R_BPF_64_64</c>.</param>
/// <param name="Symbol">The name of what is referred to.</param>
public sealed record CodeReference(ulong Offset, string Type, string Symbol);

/// <summary>The result of reading the sections of a file.</summary>
public abstract record SectionsResult
{
    private SectionsResult() { }

    /// <summary>The sections of instructions, in the order of the file; there may be none.</summary>
    public sealed record Loaded(Sequence<CodeSection> Sections) : SectionsResult;

    /// <summary>The file is no object that can be read.</summary>
    /// <param name="Problem">What is wrong, as in <see cref="ImageResult.Malformed"/>.</param>
    public sealed record Malformed(string Problem) : SectionsResult;
}
