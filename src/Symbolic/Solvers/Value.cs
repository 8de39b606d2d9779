namespace RbpfSpec.Symbolic.Solvers;

/// <summary>The value that a model gives to a term.</summary>
/// <param name="Bits">The bits, zero above the width; of a Boolean 0 or 1.</param>
/// <param name="Width">The width in bits, 1 to 64; 0 of a Boolean.</param>
public readonly record struct Value(ulong Bits, int Width);
