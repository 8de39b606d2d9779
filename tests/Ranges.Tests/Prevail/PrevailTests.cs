using Xunit.Abstractions;

namespace RbpfSpec.Ranges.Tests.Prevail;

/// <summary>The cases of the abstract interpreter PREVAIL that are about numbers and the stack, if they stand beside the checkout.</summary>
public sealed class PrevailTests(ITestOutputHelper output)
{
    [Fact]
    public void Ours_has_every_state_that_theirs_can_be_sampled_for_and_is_as_tight_on_nearly_all_cases()
    {
        if (!Repository.HasShared) return;
        var cases = PrevailCase.In(Path.Combine(Repository.Shared, "prevail"));
        var compared = cases.Select(static one => (one.Name, Comparison: Comparison.Of(one))).ToArray();
        foreach (var rule in compared.GroupBy(static one => one.Comparison is Comparison.None(var why) ? why : "compared"))
            output.WriteLine($"{rule.Count()} {rule.Key}");
        foreach (var (name, comparison) in compared)
            output.WriteLine($"{name}: {(comparison is Comparison.Both both ? $"{both.Ends} {both.Missing} {string.Join<Fact>("; ", both.Looser)}" : comparison)}");
    }
}
