using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests.Engines;

public sealed class HelperViewsTests
{
    public static TheoryData<string> Ids => [.. HelperViews.Claims.Select(claim => claim.Id)];

    [Fact]
    public void Every_kind_of_view_has_its_claim() => HelperViews.Claims.Select(claim => claim.Id).ShouldBe(
        ["views/readable/rest", "views/readable/counted", "views/writable/rest", "views/writable/counted", "views/lies",
            "views/unwritten"], ignoreOrder: true);

    [Theory]
    [Trait("Needs", "solver")]
    [MemberData(nameof(Ids))]
    public void Views_are_proved_and_every_way_to_be_wrong_is_found(string id)
    {
        var result = Tried.Try(HelperViews.Claims, id);

        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString());
        foreach (var (mutant, fate) in result.Mutants) fate.ShouldBeOfType<Verdict.Refuted>(mutant.Name);
    }
}
