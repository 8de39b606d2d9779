using RbpfSpec.Proofs.Families;
using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Proofs;

/// <summary>Every claim of the project.</summary>
public static class Catalogue
{
    /// <summary>The claims about the effects of rules, which mutants of the rules are put to.</summary>
    public static IEnumerable<RuleClaim> Rules => [.. RfcRules.Claims, .. Traps.Claims, .. Frame.Claims, .. Isolation.Claims];

    /// <summary>Every claim, in the order of the families.</summary>
    public static IEnumerable<Claim> All =>
    [
        .. Encodings.Claims,
        .. Rules.Select(claim => claim.ToClaim()),
        .. RfcRules.Deviations,
        .. Traps.Reachable,
        .. Regions.Claims,
        .. Simplification.Claims,
        .. Reading.Claims,
        .. PreflightSoundness.Claims,
        .. Necessity.Claims,
        .. Termination.Claims,
        .. Payment.Claims,
        .. KnownBugs.Claims,
    ];

    /// <summary>The bugs of other machines that claims found again when they were tried; null if not all of those were.</summary>
    public static IReadOnlyList<KnownBug>? Found(IEnumerable<Result> results) => KnownBugs.FoundIn(results);
}
