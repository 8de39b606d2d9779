using RbpfSpec.Proofs.Bugs;
using RbpfSpec.Proofs.Bugs.Native;
using RbpfSpec.Proofs.Device;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proofs.Host;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proofs.Ranges;
using RbpfSpec.Proofs.Validity;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs;

/// <summary>Every claim of the project.</summary>
public static class Catalogue
{
    /// <summary>The claims that mutants of the rules are put to; those about isolation have setups of their own.</summary>
    public static IEnumerable<RuleClaim> Rules => [.. RfcRules.Claims, .. Traps.Claims, .. FrameCondition.Claims, .. Calls.Claims];

    /// <summary>The claims that mutants of the compiled code are put to.</summary>
    public static IEnumerable<EngineClaim> Code => Refinements.EngineClaims;

    /// <summary>Every claim, in the order of the families.</summary>
    public static IEnumerable<Claim> All
    {
        get
        {
            // Many claims look for their mutants where they are made; families do not wait for each other.
            var claims = new List<Claim>[Families.Length];
            Parallel.For(0, Families.Length, index => claims[index] = [.. Families[index]()]);
            return claims.SelectMany(family => family);
        }
    }

    /// <summary>The bugs of other machines that claims found again when they were tried; null if not all of those were.</summary>
    public static IReadOnlyList<KnownBug>? Found(IEnumerable<Result> results)
    {
        Result[] all = [.. results];
        return KnownBugs.FoundIn(all) is { } ofMachines && RangeBugs.FoundIn(all) is { } ofAnalyses ? [.. ofMachines, .. ofAnalyses] : null;
    }

    private static Func<IEnumerable<Claim>>[] Families { get; } =
    [
        () => Encodings.Claims,
        () => Of(RfcRules.Claims),
        () => Of(Traps.Claims),
        () => Of(FrameCondition.Claims),
        () => Of(Calls.Claims),
        () => Of(Isolation.Claims),
        () => RfcRules.Deviations,
        () => Traps.Reachable,
        () => Regions.Claims,
        () => Simplification.Claims,
        () => Reading.Claims,
        () => PreflightSoundness.Claims,
        () => Necessity.Claims,
        () => Termination.Claims,
        () => Payment.Claims,
        () => Refinements.Claims,
        () => DeviceClaims.Claims,
        () => HelperViews.Claims,
        () => Packing.Claims,
        () => Codec.Claims,
        () => Decisions.Claims,
        () => Of(Helpers.Claims),
        () => [Helpers.Lies],
        () => Containers.Steps,
        () => Containers.Ends,
        () => Grants.Claims,
        () => RangeClaims.Claims,
        () => KnownBugs.Claims,
        () => HavmBlocks.Claims,
    ];

    private static IEnumerable<Claim> Of(IEnumerable<RuleClaim> claims) => claims.Select(claim => claim.ToClaim());
}
