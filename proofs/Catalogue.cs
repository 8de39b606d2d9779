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
        .. PreflightSoundness.Claims,
        .. Necessity.Claims,
        .. Termination.Claims,
        .. KnownBugs.Claims,
    ];

    /// <summary>The bugs of other machines that the claims find again.</summary>
    public static IEnumerable<KnownBug> Found => [];
}
