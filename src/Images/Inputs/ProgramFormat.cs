namespace RbpfSpec.Images.Inputs;

/// <summary>The forms of files that hold programs, as people name them.</summary>
public enum ProgramFormat
{
    /// <summary>Program bytes and nothing else.</summary>
    Raw,

    /// <summary>Program bytes as hexadecimal text.</summary>
    Hex,

    /// <summary>An ELF object.</summary>
    Elf,

    /// <summary>An RBF container.</summary>
    Rbf,

    /// <summary>A packed program.</summary>
    Packed,

    /// <summary>Assembly text.</summary>
    Asm,
}
