using RbpfSpec.Proofs.Ranges;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Tests.Ranges;

/// <summary>The claims about ranges, without a solver: none is refuted by values that are tried, and hypotheses can be met.</summary>
public sealed class RangeClaimsTests
{
    private const int Tries = 200;

    public static TheoryData<string> Ids => [.. RangeClaims.Claims.Select(claim => claim.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_values_that_are_tried_refute_a_claim(string id)
    {
        var claim = RangeClaims.Claims.Single(claim => claim.Id == id);

        claim.State().Question(ClaimKind.Always).Sample(Tries).ShouldBeNull();
    }

    [Fact]
    public void Each_operation_of_sets_has_two_mutants_at_least() =>
        RangeClaims.Claims.Where(claim => !claim.Id.StartsWith("range/bug/", StringComparison.Ordinal) && claim.Mutants.Count < 2)
            .ShouldBeEmpty();

    [Fact]
    public void A_mutant_that_is_found_shows_the_values_that_find_it()
    {
        var mutant = RangeClaims.Claims.Single(claim => claim.Id == "range/op/add-bits@64").Mutants[0].State();
        var sample = mutant.Question(ClaimKind.Always).Sample().ShouldNotBeNull();

        mutant.Replay(sample).ShouldBeOfType<Replay.Shown>().Lines.ShouldContain(
            line => line.StartsWith("a.mask = ", StringComparison.Ordinal));
        mutant.Replay(Assignment.Zero).ShouldBeOfType<Replay.NotShown>();
    }
}
