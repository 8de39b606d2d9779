using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>A generated suite.</summary>
/// <param name="Profile">The machine variant that it is about.</param>
/// <param name="Seed">The seed that it was made with.</param>
/// <param name="Vectors">The vectors, those of one rule together.</param>
/// <param name="Alive">The mutants that none of them finds: each is to be proved equivalent.</param>
public sealed record Suite(Profile Profile, int Seed, Sequence<Vector> Vectors, Sequence<RuleMutant> Alive);
