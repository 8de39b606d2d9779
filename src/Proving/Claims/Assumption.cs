namespace RbpfSpec.Proving.Claims;

/// <summary>Something that the proofs rely on and do not prove.</summary>
/// <param name="What">What is relied upon.</param>
/// <param name="Why">What bounds the risk, or what would lower it.</param>
public sealed record Assumption(string What, string Why);
