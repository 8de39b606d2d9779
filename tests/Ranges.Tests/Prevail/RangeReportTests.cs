using Xunit.Abstractions;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>The cases of the abstract interpreter PREVAIL, if they stand beside the checkout: those of numbers and the stack.</summary>
public sealed class RangeReportTests(ITestOutputHelper output)
{
    // As measured, but for how many of the runs come to the end of the code: 1,910.
    private const int LeastComparable = 359;
    private const int LeastAsTight = 350;
    private const int LeastEnds = 1_800;

    [Fact]
    [Trait("Needs", "time")]
    public void Ours_has_every_state_that_theirs_can_be_sampled_for_and_is_as_tight_on_nearly_all_cases()
    {
        if (!Repository.HasShared) return;
        var all = PrevailCase.In(Path.Combine(Repository.Shared, "prevail"));
        var compared = Array.ConvertAll(all, static one => (one.Name, Comparison: Comparison.Of(one)));
        foreach (var rule in compared.Select(static one => one.Comparison).OfType<Comparison.None>().CountBy(static none => none.Rule))
            output.WriteLine($"{rule.Value} not comparable: {rule.Key}");
        List<Comparison.Both> both = [];
        List<string> missing = [];
        var looser = 0;
        foreach (var (name, comparison) in compared)
        {
            if (comparison is not Comparison.Both one) continue;
            both.Add(one);
            if (one.Missing is not null) missing.Add($"{name}: {one.Missing}");
            if (one.Looser.Length == 0) continue;
            looser++;
            output.WriteLine($"{name}: {string.Join<Fact>("; ", one.Looser)}");
        }

        output.WriteLine(
            $"{all.Length} cases, {both.Count} comparable, {both.Count - missing.Count} contained, {both.Count - looser} as tight; "
            + $"{both.Sum(static one => one.States)} states, {both.Sum(static one => one.Ends)} of them at the end of a case");

        missing.ShouldBeEmpty();
        both.Sum(static one => one.Ends).ShouldBeGreaterThan(LeastEnds);
        both.Count.ShouldBeGreaterThanOrEqualTo(LeastComparable);
        (both.Count - looser).ShouldBeGreaterThanOrEqualTo(LeastAsTight);
    }
}
