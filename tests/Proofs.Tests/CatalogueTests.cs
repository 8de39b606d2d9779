using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests;

public sealed class CatalogueTests
{
    private static readonly IReadOnlyList<Claim> All = [.. Catalogue.All];

    [Fact]
    public void Ids_are_those_of_one_claim_each() => All.Select(claim => claim.Id).ShouldBeUnique();

    [Fact]
    public void What_claims_take_for_granted_are_claims_for_all_values_that_take_nothing_for_granted()
    {
        var claims = All.ToDictionary(claim => claim.Id);
        foreach (var lemma in All.SelectMany(claim => claim.Lemmas).Distinct())
        {
            claims.ShouldContainKey(lemma.Id);
            claims[lemma.Id].Kind.ShouldBe(ClaimKind.Always);
            claims[lemma.Id].Mutants.IsEmpty.ShouldBeFalse();
            claims[lemma.Id].Lemmas.IsEmpty.ShouldBeTrue(lemma.Id);
            lemma.State().Question(lemma.Kind).Hash.ShouldBe(claims[lemma.Id].State().Question(ClaimKind.Always).Hash);
        }
    }

    [Theory]
    [InlineData("refinement/threaded/mem/ldxw@rbpf", "refinement/reach/4 refinement/apart/4")]
    [InlineData("refinement/switch/atomic/add64@strictest", "refinement/reach/8 refinement/apart/8")]
    [InlineData("refinement/switch/alu/sdiv32-x@rbpf", "refinement/by-minus-one/32")]
    [InlineData("isolation/mem/stxb@rbpf", "regions/touches")]
    [InlineData("rfc/mem/stxb@rbpf", "regions/disjoint")]
    [InlineData("traps/mem/ldxdw@rbpf", "regions/within-8")]
    [InlineData("termination/imm/lddw@rbpf", "preflight/after/2")]
    [InlineData("rfc/alu/add64-x@rbpf", "")]
    public void A_claim_names_its_lemmas(string id, string lemmas) =>
        string.Join(' ', All.Single(claim => claim.Id == id).Lemmas.Select(lemma => lemma.Id)).ShouldBe(lemmas);
}
