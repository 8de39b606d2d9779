using RbpfSpec.Proofs.Mutants;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests.Mutants;

public sealed class MutantCampaignTests
{
    private static readonly Sequence<MutatedRule> Rules =
        MutatedRule.Of(Catalogue.Rules.Where(claim => claim.Setup.Id is "alu/xor64-x@rbpf" or "alu/xor32-x@rbpf" or "alu/xor64-k@rbpf"));

    [Fact]
    [Trait("Needs", "solver")]
    public void Mutants_come_in_the_order_of_their_rules_however_many_threads_hunt_them()
    {
        var campaign = new MutantCampaign { Open = Z3Solver.Open };

        var one = campaign.Run(Rules).ShouldBeOfType<MutantCampaigned.Finished>();
        var three = (campaign with { Jobs = 3 }).Run(Rules).ShouldBeOfType<MutantCampaigned.Finished>();

        one.Mutants.Select(mutant => mutant.Of).Distinct().ShouldBe(Rules.Select(rule => rule.Setup.Id));
        three.Mutants.ShouldBe(one.Mutants);
        one.Solver.ShouldStartWith("libz3 ");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_campaign_that_is_interrupted_says_so()
    {
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();

        new MutantCampaign { Open = Z3Solver.Open }.Run(Rules, null, interruption.Token).ShouldBeOfType<MutantCampaigned.Interrupted>()
            .Mutants.ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_solver_nothing_is_tried() =>
        new MutantCampaign { Open = () => new SolverSession.Unavailable("not here") }.Run(Rules)
            .ShouldBe(new MutantCampaigned.Unavailable("not here"));
}
