using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Mutants;

[Trait("Needs", "solver")]
public sealed class CodeHuntTests
{
    [Theory]
    [InlineData("refinement/threaded/alu/sdiv32-x@rbpf")]
    [InlineData("refinement/switch/alu/sdiv32-x@rbpf")]
    [InlineData("refinement/threaded/jmp/jslt32-k@rbpf")]
    [InlineData("refinement/switch/mem/ldxsh@rbpf")]
    [InlineData("refinement/threaded/fused/MoveShiftRightXor")]
    public void Every_mutant_of_an_instruction_that_a_claim_meets_has_a_fate(string id)
    {
        var mutants = Hunt(id);

        mutants.Where(mutant => mutant.Fate is MutantFate.Killed).ShouldNotBeEmpty();
        mutants.Where(mutant => mutant.Fate is MutantFate.Undecided or MutantFate.Gap).ShouldBeEmpty();
        mutants.Select(mutant => mutant.Change).ShouldBeUnique();
    }

    [Fact]
    public void A_mutant_that_is_killed_names_the_claim_and_shows_a_state_and_the_change()
    {
        var mutants = Hunt("refinement/threaded/alu/add64-x@rbpf");

        var (_, of, change, fate) =
            mutants.First(mutant => mutant.Change.EndsWith(": add -> sub", StringComparison.Ordinal) && mutant.Fate is MutantFate.Killed);
        of.ShouldBe("threaded");
        var killed = fate.ShouldBeOfType<MutantFate.Killed>();
        killed.Claim.ShouldBe("refinement/threaded/alu/add64-x@rbpf");
        killed.Counterexample.ShouldContain($"mutated: {change}");
    }

    [Fact]
    public void A_mutant_that_the_claims_cannot_tell_from_the_code_is_equivalent() =>
        Hunt("refinement/threaded/alu/sdiv32-x@rbpf").Where(mutant => mutant.Fate is MutantFate.Equivalent).ShouldNotBeEmpty();

    [Fact]
    public void A_mutant_whose_code_is_not_understood_is_rejected_with_the_reason()
    {
        var rejected = Hunt("refinement/switch/alu/sdiv32-x@rbpf").Select(mutant => mutant.Fate).OfType<MutantFate.Rejected>().ToList();

        rejected.ShouldNotBeEmpty();
        rejected.ShouldAllBe(fate => fate.Claim == "refinement/switch/alu/sdiv32-x@rbpf" && fate.Reason.Length > 0);
    }

    // On the campaign's threads: some mutants call themselves without end, and the reader gives up on a large stack only.
    private static List<TriedMutant> Hunt(string id) =>
    [
        .. new MutantCampaign { Open = Z3Solver.Open }
            .Run([.. MutatedInstruction.Of(Catalogue.Code.Where(claim => claim.Id == id), 1)])
            .ShouldBeOfType<MutantCampaigned.Finished>().Mutants,
    ];
}
