using RbpfSpec.Proofs.Host;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests.Host;

public sealed class GrantsTests
{
    public static TheoryData<string> Ids => [.. Grants.Claims.Select(claim => claim.Id)];

    [Theory]
    [Trait("Needs", "solver")]
    [MemberData(nameof(Ids))]
    public void Each_is_proved_and_every_way_to_be_wrong_is_found(string id)
    {
        var result = Tried.Try(Grants.Claims, id);

        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString());
        result.Mutants.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var (mutant, fate) in result.Mutants) fate.ShouldBeOfType<Verdict.Refuted>(mutant.Name);
    }
}
