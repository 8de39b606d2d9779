using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;

namespace RbpfSpec.Proving.Tests.Ledgers;

public sealed class LedgerTests
{
    private static readonly Ledger Full = Ledger.Of(["z3 4"], [Entry("a/1"), Entry("b/2", "refuted"), Entry("c/3", "undecided")]);

    [Fact]
    public void Only_what_is_proved_is_known()
    {
        var known = Full.Proved();

        known(Fakes.Claim("a/1")).ShouldBe("hash of a/1");
        known(Fakes.Claim("b/2")).ShouldBeNull();
        known(Fakes.Claim("c/3")).ShouldBeNull();
        known(Fakes.Claim("d/4")).ShouldBeNull();
    }

    [Fact]
    public void A_run_of_some_claims_replaces_their_entries_and_keeps_the_others()
    {
        var after = Full.After([Result("b/2"), Result("d/4")], "fake 1", Ids("a/1", "b/2", "c/3", "d/4"));

        after.Entries.Select(entry => (entry.Id, entry.Verdict)).ShouldBe(
            [("a/1", "proved"), ("b/2", "proved"), ("c/3", "undecided"), ("d/4", "proved")]);
        after.Solvers.ShouldBe(["fake 1", "z3 4"]);
    }

    [Fact]
    public void Entries_of_claims_that_are_no_more_are_dropped() =>
        Full.After([Result("b/2")], "fake 1", Ids("b/2", "c/3")).Entries.Select(entry => entry.Id).ShouldBe(["b/2", "c/3"]);

    [Fact]
    public void A_run_of_all_claims_names_its_solver_only() =>
        Full.After([Result("a/1"), Result("b/2"), Result("c/3")], "fake 1", Ids("a/1", "b/2", "c/3")).Solvers.ShouldBe(["fake 1"]);

    [Fact]
    public void What_was_known_keeps_its_entry_with_its_mutants() =>
        Full.After([Result("a/1") with { WasKnown = true, Mutants = [] }], "fake 1", Ids("a/1", "b/2", "c/3")).ShouldBe(Full);

    [Fact]
    public void What_a_run_rests_on_is_kept_where_it_has_gone_meanwhile_and_what_came_meanwhile_stays()
    {
        var current = Ledger.Of(["z3 4"], [Entry("c/3")]);

        var after = current.With(Full.Entries, [Result("a/1") with { WasKnown = true }, Result("b/2")]).After(
            [Result("b/2")], "fake 1", Ids("a/1", "b/2", "c/3"));

        after.Entries.Select(entry => (entry.Id, entry.Verdict)).ShouldBe([("a/1", "proved"), ("b/2", "proved"), ("c/3", "proved")]);
    }

    [Fact]
    public void Parts_make_the_whole_in_any_order()
    {
        var (first, second) = (Ledger.Of(["z3 4"], [Full.Entries[2]]), Ledger.Of(["z3 4"], [Full.Entries[0], Full.Entries[1]]));

        Ledger.Merge([("1", first), ("2", second)], ["a/1", "b/2", "c/3"]).ShouldBe(new Merged.Whole(Full));
        Ledger.Merge([("2", second), ("1", first), ("2", second)], ["a/1", "b/2", "c/3"]).ShouldBe(new Merged.Whole(Full));
    }

    [Fact]
    public void A_claim_that_no_part_has_is_an_error() =>
        Ledger.Merge([("1", Full)], ["a/1", "b/2", "c/3", "d/4"]).ShouldBe(new Merged.Contradiction(["d/4 is missing"]));

    [Fact]
    public void An_entry_of_no_claim_is_an_error() =>
        Ledger.Merge([("1", Full)], ["a/1", "b/2"]).ShouldBe(new Merged.Contradiction(["1 has c/3, which is no claim"]));

    [Theory]
    [InlineData("refuted", "hash of a/1", "refuted", "1 and 2 contradict each other on a/1: proved and refuted")]
    [InlineData("proved", "other", "refuted", "1 and 2 contradict each other on a/1: proved and proved of another script")]
    [InlineData("proved", "hash of a/1", "proved", "1 and 2 contradict each other on a/1: proved and proved with other mutants")]
    public void Parts_that_say_different_things_of_a_claim_are_an_error(string verdict, string script, string fate, string problem)
    {
        var other = Ledger.Of(["z3 4"], [new("a/1", verdict, script, [new("it is one", fate)])]);

        Ledger.Merge([("1", Full), ("2", other)], ["a/1", "b/2", "c/3"]).ShouldBe(new Merged.Contradiction([problem]));
    }

    internal static LedgerEntry Entry(string id, string verdict = "proved") =>
        new(id, verdict, $"hash of {id}", [new("it is one", "refuted")]);

    private static Result Result(string id)
    {
        var claim = Fakes.Claim(id);
        return new(claim, new Verdict.Proved([]), claim.Mutants.Map(mutant => new MutantResult(mutant, new Verdict.Refuted([]))), "new",
            TimeSpan.Zero, false);
    }

    private static HashSet<string> Ids(params string[] ids) => [.. ids];
}
