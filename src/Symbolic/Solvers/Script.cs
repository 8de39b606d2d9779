namespace RbpfSpec.Symbolic.Solvers;

/// <summary>A question to a solver: whether some assertions can hold together, and if so with which values.</summary>
/// <param name="Text">SMT-LIB 2: logic, declarations and assertions, without a command that makes the solver print.</param>
/// <param name="Wanted">SMT-LIB 2 terms, bit vectors of 1 to 64 bits or Booleans, whose values are wanted.</param>
public sealed record Script(string Text, Sequence<string> Wanted)
{
    /// <summary>Whether values are likely to be found: nothing depends on it but how the solver is asked.</summary>
    public bool HasLikelyValues { get; init; }
}
