using RbpfSpec.Proofs.Ranges;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;
using Xunit.Abstractions;

namespace RbpfSpec.Proofs.Tests.Ranges;

/// <summary>The bugs of other analyses: each is a mutant that its claim finds, with a program of which it says what is false.</summary>
public sealed class RangeBugsTests(ITestOutputHelper output)
{
    // Those of the list that are about words; K4, K13, K18, K31 and P9 are about what an analysis does with whole states.
    private static readonly string[] Required =
    [
        .. Numbered("K", 32, except: [4, 13, 18, 31]),
        .. Numbered("P", 13, except: [9]),
        "O1",
    ];

    [Fact]
    public void Every_bug_of_the_list_that_is_about_words_has_a_claim() =>
        RangeBugs.All.Select(one => one.Bug.Number).ShouldBe(Required, ignoreOrder: true);

    [Fact]
    [Trait("Needs", "solver")]
    public void Each_bug_is_found_with_a_program_that_ends_with_what_it_excludes()
    {
        using var solver = Open();
        var prover = new Prover(solver, TimeSpan.FromMinutes(1));
        var found = RangeBugs.FoundIn(RangeBugs.Claims.Select(claim => new Result(
            claim, new Verdict.Proved([]), claim.Mutants.Map(mutant => new MutantResult(mutant, Ask(prover, mutant.State()))), "",
            TimeSpan.Zero, WasKnown: false))).ShouldNotBeNull();

        found.Select(bug => bug.Number).ShouldBe(RangeBugs.All.Select(one => one.Bug.Number));
        foreach (var bug in found)
        {
            bug.Happens.ShouldContain("The machine ends with r0 = 0x");
            output.WriteLine($"{bug.Number}: {string.Join(" | ", bug.Program)} | {bug.Happens}");
        }
    }

    [Fact]
    public void Bugs_whose_claims_were_not_tried_are_not_known() =>
        RangeBugs.FoundIn(
            RangeBugs.Claims.Select(claim => new Result(claim, new Verdict.Proved([]), [], "", TimeSpan.Zero, WasKnown: true)))
            .ShouldBeNull();

    private static IEnumerable<string> Numbered(string kind, int last, int[] except) =>
        Enumerable.Range(1, last).Except(except).Select(number => $"{kind}{number}");

    private static Verdict Ask(Prover prover, Proposition proposition) =>
        prover.Ask(proposition.Question(ClaimKind.Always), proposition, ClaimKind.Always, isLikely: true);

    private static ISolver Open() => Z3Solver.Open() switch
    {
        SolverSession.Opened(var solver) => solver,
        SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };
}
