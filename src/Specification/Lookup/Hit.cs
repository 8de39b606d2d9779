namespace RbpfSpec.Specification.Lookup;

/// <summary>A place in the specification that speaks of what somebody looks for.</summary>
/// <param name="Id">What to look up to read it: an operation, a requirement, a trap, a deviation, a chapter.</param>
/// <param name="Line">What it says, in one line.</param>
/// <param name="Page">The page and the anchor, under <c>spec/</c>.</param>
public sealed record Hit(string Id, string Line, string Page);
