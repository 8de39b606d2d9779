using RbpfSpec.Images.Variables;

namespace RbpfSpec.Debugging.Variables;

/// <summary>A value of C: of a variable, or of a part of one.</summary>
/// <param name="Type">The index of its type.</param>
/// <param name="Place">Where it is.</param>
/// <param name="Bits">Which bits of it, of a bit field.</param>
public sealed record CValue(int Type, VariablePlace Place, BitField? Bits = null);

/// <summary>A value of C that has a name.</summary>
/// <param name="Name">The name among its like: that of a variable, of a member, or <c>[3]</c>.</param>
/// <param name="Path">The expression that means it.</param>
/// <param name="Value">The value.</param>
public sealed record NamedValue(string Name, string Path, CValue Value);
