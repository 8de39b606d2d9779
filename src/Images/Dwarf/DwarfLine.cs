namespace RbpfSpec.Images.Dwarf;

/// <summary>From a byte of a section on, up to the next of these, instructions come from a line of source.</summary>
/// <param name="Section">The index of the section.</param>
/// <param name="Offset">The byte offset in the section.</param>
/// <param name="IsEnd">Whether it ends a stretch of instructions, of which nothing more is told.</param>
/// <param name="Source">The line; null where none is known.</param>
internal sealed record DwarfLine(int Section, ulong Offset, bool IsEnd, SourceLine? Source);
