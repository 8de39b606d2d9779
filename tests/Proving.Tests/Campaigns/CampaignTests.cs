using System.Collections.Concurrent;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proving.Tests.Campaigns;

public sealed class CampaignTests
{
    [Fact]
    public void Results_are_in_the_order_of_the_claims_whatever_the_number_of_threads()
    {
        var claims = Fakes.Claims("f/holds", 40);

        Finished(claims, jobs: 4).Results.Select(result => result.Claim.Id).ShouldBe(claims.Select(claim => claim.Id));
    }

    [Fact]
    public void Each_claim_gets_the_verdict_that_the_solver_gives()
    {
        var results = Finished([Fakes.Claim("f/holds"), Fakes.Claim("f/breaks"), Fakes.Claim("f/open"), Fakes.Claim("f/dies")]).Results;

        results[0].Verdict.ShouldBe(new Verdict.Proved([]));
        results[1].Verdict.ShouldBe(new Verdict.Refuted(["a program", "a state"]));
        results[2].Verdict.ShouldBe(new Verdict.Undecided("no verdict in 1 s"));
        results[3].Verdict.ShouldBe(new Verdict.Undecided("fake ended with code 139"));
    }

    [Fact]
    public void A_claim_whose_mutant_survives_is_refuted()
    {
        var blind = Fakes.Claim("f/holds", new Mutant("nothing is wrong", () => Fakes.About(Make.True)));

        Finished([blind]).Results[0].Verdict.ShouldBeOfType<Verdict.Refuted>().Counterexample[0].ShouldContain("nothing is wrong");
    }

    [Theory]
    [InlineData("unsat", "does not find the mutant 'it is one', though values show it")]
    [InlineData("unknown", "does not confirm the mutant 'it is one': no verdict")]
    [InlineData("nonsense", "does not confirm the mutant 'it is one': garbage")]
    public void A_claim_is_proved_only_by_a_solver_that_finds_a_mutant_of_it(string toMutants, string reason)
    {
        // Values that are tried meet the mutant, so the solver need not find any; but it must not deny it.
        var solver = new FakeSolver(script => (script.Text.Contains("/bug", StringComparison.Ordinal), toMutants) switch
        {
            (false, _) or (_, "unsat") => new Reply.Unsatisfiable(),
            (_, "unknown") => new Reply.Undecided("no verdict"),
            _ => new Reply.Failed("garbage"),
        });

        Campaign(() => solver).Run([Fakes.Claim("f/holds")]).ShouldBeOfType<Campaigned.Finished>()
            .Results[0].Verdict.ShouldBeOfType<Verdict.Undecided>().Reason.ShouldContain(reason);
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void A_mutant_is_confirmed_once_a_claim_by_its_whole_question_with_the_values_that_were_tried()
    {
        var solver = FakeSolver.ByName();
        var claim = Fakes.Claim("f/holds", Bug("a"), Bug("b"), Bug("longer"));

        Campaign(() => solver).Run([claim]).ShouldBeOfType<Campaigned.Finished>().Results[0].Verdict.ShouldBe(new Verdict.Proved([]));
        var (of, about) = (claim.Mutants[0].State().Question(claim.Kind), solver.Asked.Last());
        solver.Asked.Count.ShouldBe(2);
        about.ShouldStartWith(of.Script.Text);
        about[of.Script.Text.Length..].ShouldMatch(@"^\(assert \(= \|a/bug\| \(_ bv\d+ 8\)\)\)\n$");
        using var z3 = Z3Solver.Open().ShouldBeOfType<SolverSession.Opened>().Solver;
        z3.Solve(new(about, []), TimeSpan.FromMinutes(1)).ShouldBe(new Reply.Satisfiable([]));

        Mutant Bug(string name) => new(name, () => Fakes.About(Make.Variable($"{name}/bug", 8).EqualTo(1)));
    }

    [Fact]
    public void A_claim_is_another_one_if_what_it_takes_for_granted_is()
    {
        var claim = Fakes.Claim("f/holds");
        var resting = claim with { Lemmas = [Fakes.Claim("f/holds/lemma")] };
        var changed = claim with
        {
            Lemmas = [
            Fakes.Claim("f/holds/lemma") with { State = () => Fakes.About(Make.Variable("f/holds/else", Sort.Truth)) }]
        };

        var hashes = ((Claim[])[claim, resting, changed]).Select(one => Finished([one]).Results[0].ScriptHash).ToList();

        hashes.Distinct().Count().ShouldBe(3);
        Tried(resting, hashes[1]).ShouldBeFalse();
        Tried(changed, hashes[1]).ShouldBeTrue();
        LedgerEntry.Of(Finished([resting]).Results[0]).Lemmas.ShouldBe(["f/holds/lemma"]);

        bool Tried(Claim one, string known)
        {
            var solver = FakeSolver.ByName();
            (Campaign(() => solver) with { Known = _ => known }).Run([one]).ShouldBeOfType<Campaigned.Finished>();
            return solver.Asked.Count > 0;
        }
    }

    [Fact]
    public void A_claim_without_mutants_is_undecided() =>
        Finished([Fakes.Claim("f/holds") with { Mutants = [] }]).Results[0].Verdict.ShouldBeOfType<Verdict.Undecided>();

    [Fact]
    public void A_model_that_does_not_replay_refutes_nothing()
    {
        var claim = Fakes.Claim("f/breaks") with
        {
            State = () => new([], Make.Variable("f/breaks", 8).EqualTo(0), _ => new Replay.NotShown("it holds there")),
        };

        Finished([claim]).Results[0].Verdict.ShouldBeOfType<Verdict.Undecided>().Reason.ShouldContain("it holds there");
    }

    [Fact]
    public void What_is_known_is_not_asked_again_unless_its_scripts_changed()
    {
        var claim = Fakes.Claim("f/holds");
        var hash = Finished([claim]).Results[0].ScriptHash;
        var solver = FakeSolver.ByName();

        var known = Campaign(() => solver, known: hash).Run([claim]).ShouldBeOfType<Campaigned.Finished>().Results[0];
        known.WasKnown.ShouldBeTrue();
        known.Verdict.ShouldBe(new Verdict.Proved([]));
        solver.Asked.ShouldBeEmpty();

        Campaign(() => solver, known: "other").Run([claim]).ShouldBeOfType<Campaigned.Finished>().Results[0].WasKnown.ShouldBeFalse();
        solver.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_session_is_ended_and_no_more_are_opened_than_there_are_claims()
    {
        List<FakeSolver> sessions = [];
        var campaign = Campaign(
            () =>
            {
                sessions.Add(FakeSolver.ByName());
                return sessions[^1];
            },
            jobs: 8);

        campaign.Run(Fakes.Claims("f/holds", 3));

        sessions.Count.ShouldBe(3);
        sessions.ShouldAllBe(session => session.IsDisposed);
    }

    [Fact]
    public void Without_a_solver_nothing_is_tried()
    {
        var campaign = new Campaign { Open = () => new SolverSession.Unavailable("install it") };

        campaign.Run([Fakes.Claim("f/holds")]).ShouldBe(new Campaigned.Unavailable("install it"));
    }

    [Fact]
    public void An_interrupt_reaches_the_solver_and_leaves_no_result_of_what_was_under_way()
    {
        using var interruption = new CancellationTokenSource();
        using var interrupted = new ManualResetEventSlim();
        var solver = new FakeSolver(script =>
        {
            if (!script.Text.Contains("waits", StringComparison.Ordinal)) return new Reply.Unsatisfiable();
            interruption.Cancel();
            interrupted.Wait(TimeSpan.FromMinutes(1)).ShouldBeTrue();
            return new Reply.Unsatisfiable();
        });
        var watched = new Watched(solver, interrupted);
        Claim[] claims = [Fakes.Claim("f/holds"), Fakes.Claim("f/waits"), Fakes.Claim("f/holds-2")];

        var campaigned = new Campaign { Open = () => new SolverSession.Opened(watched) }.Run(claims, null, interruption.Token);

        campaigned.ShouldBeOfType<Campaigned.Interrupted>().Results.Select(result => result.Claim.Id).ShouldBe(["f/holds"]);
    }

    [Fact]
    public void A_claim_that_cannot_be_stated_is_our_error_and_reaches_the_caller()
    {
        var broken = Fakes.Claim("f/holds") with { State = () => throw new InvalidOperationException("no such rule") };

        Should.Throw<InvalidOperationException>(() => Finished([broken, .. Fakes.Claims("f/holds", 9)], jobs: 2)).Message.ShouldBe(
            "no such rule");
    }

    [Fact]
    public void Every_claim_is_reported_when_it_starts_and_when_it_ends()
    {
        var steps = new ConcurrentQueue<CampaignStep>();
        var claims = Fakes.Claims("f/holds", 5);

        Campaign(FakeSolver.ByName, jobs: 2).Run(claims, new Steps(steps));

        steps.OfType<CampaignStep.Started>().Select(step => step.Claim).ShouldBe(claims, ignoreOrder: true);
        steps.OfType<CampaignStep.Ended>().Select(step => step.Result.Claim).ShouldBe(claims, ignoreOrder: true);
    }

    private static Campaigned.Finished Finished(IReadOnlyList<Claim> claims, int jobs = 1) =>
        Campaign(FakeSolver.ByName, jobs).Run(claims).ShouldBeOfType<Campaigned.Finished>();

    private static Campaign Campaign(Func<FakeSolver> open, int jobs = 1, string? known = null) => new()
    {
        Open = () => new SolverSession.Opened(open()),
        Jobs = jobs,
        Known = _ => known,
    };

    private sealed class Steps(ConcurrentQueue<CampaignStep> steps) : IProgress<CampaignStep>
    {
        public void Report(CampaignStep value) => steps.Enqueue(value);
    }

    // A solver that answers only once it is interrupted.
    private sealed class Watched(ISolver solver, ManualResetEventSlim interrupted) : ISolver
    {
        public string Name => solver.Name;

        public string Version => solver.Version;

        public Reply Solve(Script script, TimeSpan limit) => solver.Solve(script, limit);

        public void Interrupt() => interrupted.Set();

        public void Dispose() => solver.Dispose();
    }
}
