using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Mutants;

public sealed class MutantHuntTests
{
    [Theory]
    [Trait("Needs", "solver")]
    [InlineData("alu/sdiv64-x@rbpf")]
    [InlineData("alu/arsh32-k@strictest")]
    [InlineData("alu/movsx16to32@rbpf")]
    [InlineData("jmp/jslt32-k@rbpf")]
    [InlineData("imm/lddw@rbpf")]
    [InlineData("mem/ldxsh@rbpf")]
    [InlineData("mem/stb@rbpf")]
    [InlineData("jmp/call-local[depth 1]@rbpf")]
    [InlineData("jmp/exit[depth 1]@rbpf")]
    [InlineData("jmp/call-helper[store_local]@rbpf")]
    public void A_claim_kills_every_mutant_that_is_not_equivalent(string rule)
    {
        var mutants = Hunt(Rule(rule));

        mutants.Where(mutant => mutant.Fate is MutantFate.Killed).ShouldNotBeEmpty();
        mutants.Where(mutant => mutant.Fate is not (MutantFate.Killed or MutantFate.Equivalent)).ShouldBeEmpty();
    }

    [Fact]
    public void Each_sort_of_bug_is_among_the_mutants()
    {
        var names = Rule("alu/sdiv64-x@rbpf").Mutants.Concat(Rule("mem/ldxsh@rbpf").Mutants).Concat(Rule("alu/movsx16to32@rbpf").Mutants)
            .Select(mutant => mutant.Name).ToList();

        foreach (var sort in (string[])
            [
                "guard 0 left out", "guard 0 raises another trap", "bvsdiv -> bvudiv", "bvsdiv with its operands swapped", "constant + 1",
                "sign_extend -> zero_extend", "half as many bits", "bvult -> or equal", "and -> or",
            ])
        {
            names.ShouldContain(name => name.EndsWith(sort, StringComparison.Ordinal), sort);
        }
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_mutant_that_is_killed_comes_with_a_state_that_shows_it()
    {
        var killed = Hunt(Rule("alu/add64-x@rbpf"))
            .Select(mutant => (mutant.Change, Fate: mutant.Fate as MutantFate.Killed))
            .First(mutant => mutant.Change.EndsWith("bvadd -> bvsub", StringComparison.Ordinal) && mutant.Fate is not null);

        killed.Fate.ShouldNotBeNull().Claim.ShouldBe("rfc/alu/add64-x@rbpf");
        killed.Fate.Counterexample.ShouldContain(line => line.StartsWith("instruction: add %r1, %r2 (0f21", StringComparison.Ordinal));
        killed.Fate.Counterexample.ShouldContain(line => line.StartsWith("the mutant: ", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void What_no_claim_speaks_of_is_a_gap_and_not_equivalent()
    {
        var rule = Rule("alu/add64-x@rbpf");
        var onlyTraps = rule with { Claims = [.. rule.Claims.Where(claim => claim.Family == "traps")] };

        Hunt(onlyTraps).Select(mutant => mutant.Fate).OfType<MutantFate.Gap>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_rule_that_does_the_same_in_two_profiles_is_mutated_once()
    {
        var ids = MutatedRule.Of(Catalogue.Rules).Select(rule => rule.Setup.Id).ToList();

        ids.ShouldContain("mem/ldxw@rbpf");
        ids.ShouldNotContain("mem/ldxw@rfc9669");
        ids.ShouldContain("alu/div32-k@rbpf");
        ids.ShouldContain("alu/div32-k@rfc9669");
    }

    private static MutatedRule Rule(string id) => MutatedRule.Of(Catalogue.Rules.Where(claim => claim.Setup.Id == id)).Single();

    private static List<TriedMutant> Hunt(MutatedRule rule)
    {
        using var solver = Z3Solver.Open().ShouldBeOfType<SolverSession.Opened>().Solver;
        return [.. new MutantHunt(rule, new(solver, TimeSpan.FromMinutes(1))).Run()];
    }
}
