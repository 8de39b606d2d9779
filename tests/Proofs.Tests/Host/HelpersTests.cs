using RbpfSpec.Host.Helpers;
using RbpfSpec.Proofs.Host;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proofs.Tests.Host;

public sealed class HelpersTests
{
    private static readonly IReadOnlyList<Claim> Claims = [Helpers.Lies, .. Helpers.Claims.Select(claim => claim.ToClaim())];

    public static TheoryData<string> Some =>
    [
        "host/views", Id("now_ms"), Id("store_local"), Id("fetch_global"), Id("saul_reg_find_nth"), Id("fmt_u32_dec"), Id("memcpy copies"),
    ];

    [Fact]
    public void Every_helper_of_a_device_has_its_claim() => HelperCatalogue.Declarations.Select(helper => Id(helper.Name))
        .Except(Claims.Select(claim => claim.Id)).ShouldBeEmpty();

    [Theory]
    [Trait("Needs", "solver")]
    [MemberData(nameof(Some))]
    public void Each_is_proved_and_every_way_to_be_wrong_is_found(string id)
    {
        var result = Tried.Try(Claims, id);

        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString());
        result.Mutants.Count.ShouldBeGreaterThanOrEqualTo(3);
        foreach (var (mutant, fate) in result.Mutants) fate.ShouldBeOfType<Verdict.Refuted>(mutant.Name);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_counterexample_says_what_may_not_change() =>
        Tried.Counterexample(Claims, Id("store_local"), "all that the helper leaves is taken over")
            .ShouldContain("what is granted may not change");

    private static string Id(string name) => $"host/writes/jmp/call-helper[{name}]@rbpf";
}
