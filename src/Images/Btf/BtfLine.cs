namespace RbpfSpec.Images.Btf;

/// <summary>From a byte of a section on, instructions come from a line of source.</summary>
/// <param name="Offset">In bytes from the start of the section.</param>
/// <param name="Source">The line; null where the compiler says that there is none.</param>
internal sealed record BtfLine(uint Offset, SourceLine? Source);
