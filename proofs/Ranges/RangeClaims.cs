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
        .. Arcs.Of(Width.Bits64),
        .. Arcs.Of(Width.Bits32),
        .. Arcs.OfWidths,
        .. Lattice.Of(Width.Bits64),
        .. Lattice.Of(Width.Bits32),
        .. Conditions.Of(Width.Bits64),
        .. Conditions.Of(Width.Bits32),
        .. Conditions.OfHalves,
        .. Products.Of(Width.Bits64),
        .. Products.Of(Width.Bits32),
        .. Products.OfHalves,
        .. Certificates.Claims,
        .. RangeBugs.Claims,
    ];
}
