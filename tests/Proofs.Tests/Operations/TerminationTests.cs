using RbpfSpec.Proofs.Operations;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Proofs.Tests.Operations;

public sealed class TerminationTests
{
    [Fact]
    public void Every_encoding_has_its_claim()
    {
        var ids = Termination.Claims.Select(claim => claim.Id).ToList();

        ids.ShouldBeUnique();
        foreach (var form in OperationTable.Forms)
            ids.ShouldContain(id => id.StartsWith($"termination/{form.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_claimed_of_a_profile_without_a_limit_of_branches() =>
        Termination.Claims.ShouldAllBe(claim => !claim.Id.Contains("@rfc9669", StringComparison.Ordinal));

    [Fact]
    public void Every_claim_has_a_mutant() => Termination.Claims.ShouldAllBe(claim => !claim.Mutants.IsEmpty);

    [Fact]
    [Trait("Needs", "solver")]
    public void A_jump_that_spends_no_branch_may_not_end() =>
        Tried.Counterexample(Termination.Claims, "termination/jmp/ja@rbpf", "no branch is spent")
            .ShouldContain("the preflight check accepts it");

    [Fact]
    [Trait("Needs", "solver")]
    public void A_branch_that_counted_once_would_not_pay_for_a_frame() =>
        Tried.Counterexample(Termination.Claims, "termination/measure", "branches count once").ShouldNotBeEmpty();
}
