using RbpfSpec.Dialects;
using RbpfSpec.Dialects.Native;
using RbpfSpec.Proofs.Bugs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;
using Xunit.Abstractions;

namespace RbpfSpec.Proofs.Tests.Bugs;

public sealed class KnownBugsTests(ITestOutputHelper output)
{
    private static readonly string[] Required =
    [
        "FC-1", "FC-2", "FC-3", "FC-4", "FC-5", "FC-6", "FC-7", "FC-8", "FC-10", "FC-17", "FC-21", "FC-22", "FC-23",
        "R-1", "R-2", "R-3", "R-4", "R-5", "I-2", "I-3", "I-4", "I-5", "I-7",
        "C-1", "C-4", "C-5", "C-6", "C-7", "C-8", "C-15",
        "HV-1", "HV-2", "J-1", "J-2", "J-3", "J-4", "J-5", "J-6", "J-7", "J-8",
        "U-1", "U-2", "U-3", "U-4", "U-5", "U-6", "U-7", "U-8", "U-9", "U-10", "U-11", "U-12", "U-13", "U-14", "U-15",
    ];

    [Fact]
    public void Every_number_required_has_its_claim() =>
        Required.Except(KnownBugs.Bugs.Select(bug => bug.Number)).ShouldBeEmpty();

    [Fact]
    public void Every_bug_has_one_claim() =>
        KnownBugs.Claims.Select(claim => claim.Id).ShouldBe(
            DialectTable.Deviations.Select(deviation => $"known/{deviation.Number}")
                .Concat(NativeBugTable.All.Select(bug => $"known/{bug.Number}")));

    [Fact]
    public void What_is_not_expressed_has_no_claim() =>
        KnownBugs.Others.Select(bug => bug.Number).Intersect(KnownBugs.Bugs.Select(bug => bug.Number)).ShouldBeEmpty();

    [Fact]
    public void Every_number_up_to_the_last_is_found_or_not_expressed()
    {
        var numbers = KnownBugs.Bugs.Select(bug => bug.Number).Concat(KnownBugs.Others.Select(bug => bug.Number)).ToList();

        numbers.ShouldBeUnique();
        numbers.ShouldBe(
            [.. All("FC", 37), .. All("R", 11), .. All("I", 7), .. All("C", 16), .. All("HV", 2), .. All("J", 9), .. All("U", 19)],
            ignoreOrder: true);

        static IEnumerable<string> All(string machine, int last) => Enumerable.Range(1, last).Select(number => $"{machine}-{number}");
    }

    [Fact]
    [Trait("Needs", "solver")]
    public void Each_bug_is_found_with_a_program_and_both_fates()
    {
        using var solver = Open();
        var prover = new Prover(solver, TimeSpan.FromMinutes(1));
        var found = KnownBugs.FoundIn(KnownBugs.Claims.Select(claim => new Result(
            claim, new Verdict.Proved([]), claim.Mutants.Map(mutant => new MutantResult(mutant, Ask(prover, mutant.State()))), "",
                TimeSpan.Zero, WasKnown: false)));

        found.ShouldNotBeNull().Select(bug => bug.Number).ShouldBe(KnownBugs.Bugs.Select(bug => bug.Number));
        found.ShouldAllBe(bug => !bug.Program.IsEmpty && bug.Happens.StartsWith(bug.Machine, StringComparison.Ordinal));
        foreach (var bug in found)
            output.WriteLine($"{bug.Number}: {string.Join(" | ", bug.Program)} | {bug.Happens}");
    }

    // Many claims are about the same machine without the bug; one question each is enough.
    [Fact]
    [Trait("Needs", "solver")]
    public void Without_the_bugs_the_same_formulas_hold()
    {
        using var solver = Open();
        var prover = new Prover(solver, TimeSpan.FromMinutes(1));

        foreach (var proposition in KnownBugs.Claims.Select(claim => claim.State())
            .DistinctBy(proposition => proposition.Question(ClaimKind.Always).Hash))
        {
            Ask(prover, proposition).ShouldBeOfType<Verdict.Proved>();
        }
    }

    [Fact]
    public void Bugs_whose_claims_were_not_tried_are_not_known() =>
        KnownBugs.FoundIn(
            KnownBugs.Claims.Select(claim => new Result(claim, new Verdict.Proved([]), [], "", TimeSpan.Zero, WasKnown: true)))
            .ShouldBeNull();

    private static Verdict Ask(Prover prover, Proposition proposition) =>
        prover.Ask(proposition.Question(ClaimKind.Always), proposition, ClaimKind.Always, isLikely: false);

    private static ISolver Open() => Z3Solver.Open() switch
    {
        SolverSession.Opened(var solver) => solver,
        SolverSession.Unavailable(var reason) => throw new InvalidOperationException(reason),
    };
}
