using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Images;

/// <summary>The form of a file that holds a program.</summary>
public enum ImageFormat
{
    /// <summary>Program bytes and nothing else: what <c>objcopy -O binary</c> leaves of an object.</summary>
    Raw,

    /// <summary>Program bytes written as hexadecimal digits.</summary>
    Hex,

    /// <summary>An ELF64 relocatable object, as clang writes for the target <c>bpf</c>.</summary>
    Elf,

    /// <summary>The container of the Femto-Containers project, whose generator calls it RBF.</summary>
    Rbf,

    /// <summary>A raw program or an RBF container, packed as <c>spec/89-packing.md</c> says.</summary>
    Packed,
}

/// <summary>How to read a file: everything that the file's own contents leave open.</summary>
public sealed record ImageOptions
{
    /// <summary>The form of the file, or null to recognise it by its contents.</summary>
    public ImageFormat? Format { get; init; }

    /// <summary>
    /// The section whose text is the program (ELF only), or null for the one that the reader would choose.
    /// </summary>
    public string? Section { get; init; }

    /// <summary>The function to start at (ELF and RBF), or null for the one that the reader would choose.</summary>
    public string? Function { get; init; }

    /// <summary>
    /// The helpers that the program may call by name (ELF): a call of a function that the object does not define
    /// becomes a call of the helper of that name, or of that name without <c>bpf_</c> before it. All that a device has,
    /// unless said otherwise: whether a program may call what it names is for the preflight to say.
    /// </summary>
    public Sequence<Helper> Helpers { get; init; } = HelperCatalogue.Declarations;

    /// <summary>The name of the file, by which lines of assembly text are told; null if they are not.</summary>
    public string? SourceName { get; init; }

    /// <summary>The lowest address that a region may get.</summary>
    public ulong BaseAddress { get; init; } = AddressSpace.Image;
}
