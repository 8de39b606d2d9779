using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Ranges;

/// <summary>The claims about range analysis: what its abstract words say is true of every run.</summary>
public static class RangeClaims
{
    /// <summary>The claims.</summary>
    public static IEnumerable<Claim> Claims =>
    [
        .. BitSets.Of(Width.Bits64),
        .. BitSets.Of(Width.Bits32),
        .. BitSets.OfWidths,
    ];
}
