namespace RbpfSpec.Proving.Claims;

/// <summary>A bug of a machine that others built, which the claims find again.</summary>
/// <param name="Number">Its number in the list of known bugs, as in <c>FC-1</c>.</param>
/// <param name="Machine">The machine that has it.</param>
/// <param name="Source">Where it is described, or the file and line that hold it.</param>
/// <param name="Summary">What is wrong, one sentence.</param>
/// <param name="Program">The program that shows it, one instruction a line.</param>
/// <param name="Happens">What the machine does with that program, and what it should do.</param>
public sealed record KnownBug(
    string Number, string Machine, string Source, string Summary, Sequence<string> Program, string Happens);

/// <summary>A published bug of a historic machine that no claim here finds.</summary>
/// <param name="Number">Its number in the list of known bugs, as in <c>FC-12</c>.</param>
/// <param name="Summary">What is wrong.</param>
/// <param name="Reason">Why the claims do not speak of it.</param>
public sealed record NotExpressed(string Number, string Summary, string Reason);
