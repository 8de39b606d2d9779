namespace RbpfSpec.Symbolic.Terms;

/// <summary>SMT-LIB text at the start of a script, for what the text itself is to say and no term made of it.</summary>
/// <param name="Text">Commands that declare and define, each on lines of its own.</param>
/// <param name="Names">What they declare and define: variables and functions of these names are in no need of it.</param>
public sealed record Prelude(string Text, IReadOnlySet<string> Names);
