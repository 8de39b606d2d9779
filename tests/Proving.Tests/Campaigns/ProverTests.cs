using RbpfSpec.Certifying;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Tests.Campaigns;

/// <summary>Certification is a question of its own: it sees through a solver that says whatever pleases.</summary>
[Trait("Needs", "solver")]
public sealed class ProverTests
{
    private static readonly Campaign Lenient = new()
    {
        Open = () => new SolverSession.Opened(new FakeSolver(script =>
            script.Text.Contains("/bug", StringComparison.Ordinal) ? new Reply.Satisfiable([]) : new Reply.Unsatisfiable())),
        Certify = new Certifier(TimeSpan.FromMinutes(1)),
    };

    [Fact]
    public void A_claim_that_does_not_hold_is_undecided_though_the_solver_says_that_it_holds()
    {
        var result = Only(Lenient, Fakes.Claim("f/holds"));

        result.Certification.ShouldBeOfType<Certification.Contradicted>();
        result.Verdict.ShouldBeOfType<Verdict.Undecided>().Reason.ShouldContain("contradict");
    }

    [Fact]
    public void A_claim_that_holds_is_certified()
    {
        var (x, y) = (Make.Variable("x", 8), Make.Variable("y", 8));
        var sum = Make.Raw(Operator.Add, x.Sort, [x, y]);
        var same = Make.Raw(Operator.Equal, Sort.Truth, [Make.Raw(Operator.Subtract, x.Sort, [sum, y]), x]);

        Only(Lenient, Fakes.Claim("f/sum") with { State = () => Fakes.About(same) })
            .Certification.ShouldBeOfType<Certification.Checked>();
    }

    [Fact]
    public void Nothing_is_certified_that_nobody_asked_for() =>
        Only(Lenient with { Certify = null }, Fakes.Claim("f/holds")).Certification.ShouldBeNull();

    private static Result Only(Campaign campaign, Claim claim) =>
        campaign.Run([claim]).ShouldBeOfType<Campaigned.Finished>().Results.ShouldHaveSingleItem();
}
