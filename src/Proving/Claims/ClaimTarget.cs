using System.Reflection;

namespace RbpfSpec.Proving.Claims;

/// <summary>The thing that a claim is about: where to look first if it does not hold.</summary>
/// <param name="Name">What it is called, such as <c>the rule of jslt32</c>.</param>
/// <param name="Cause">What claims have in common that one mistake there refutes.</param>
/// <param name="Code">The type or the method that holds it.</param>
public sealed record ClaimTarget(string Name, string Cause, MemberInfo Code);

/// <summary>Knows what claims are about.</summary>
public interface IClaimTargets
{
    /// <summary>The thing that a claim is about.</summary>
    ClaimTarget Of(Claim claim);

    /// <summary>
    /// Claims that do not hold, each with what it is about, put together by what one mistake may refute; in each group the one
    /// to look at first comes first.
    /// </summary>
    IReadOnlyList<IReadOnlyList<(Claim Claim, ClaimTarget Target)>> Grouped(IEnumerable<Claim> claims);
}
