namespace RbpfSpec.Assembly;

/// <summary>A named place in a program: a function, or the target of a jump.</summary>
/// <param name="Name">The name, such as <c>LBB0_2</c>.</param>
/// <param name="Slot">The slot index; the program's length for a label at the very end.</param>
public sealed record Symbol(string Name, int Slot);
