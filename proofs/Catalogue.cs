using RbpfSpec.Proofs.Families;
using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Proofs;

/// <summary>Every claim of the project.</summary>
public static class Catalogue
{
    /// <summary>The claims that mutants of the rules are put to; those about isolation have scenes of their own.</summary>
    public static IEnumerable<RuleClaim> Rules => [.. RfcRules.Claims, .. Traps.Claims, .. Frame.Claims, .. Calls.Claims];

    /// <summary>Every claim, in the order of the families.</summary>
    public static IEnumerable<Claim> All =>
    [
        .. Encodings.Claims,
        .. Rules.Concat(Isolation.Claims).Select(claim => claim.ToClaim()),
        .. RfcRules.Deviations,
        .. Traps.Reachable,
        .. Regions.Claims,
        .. Simplification.Claims,
        .. PreflightSoundness.Claims,
        .. Necessity.Claims,
        .. Termination.Claims,
        .. KnownBugs.Claims,
    ];

    /// <summary>The bugs of other machines that claims found again when they were tried; null if not all of those were.</summary>
    public static IReadOnlyList<KnownBug>? Found(IEnumerable<Result> results) => KnownBugs.FoundIn(results);
}
