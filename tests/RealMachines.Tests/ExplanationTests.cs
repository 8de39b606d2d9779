namespace RbpfSpec.RealMachines.Tests;

public sealed class ExplanationTests
{
    [Fact]
    public void Each_has_a_sentence_and_is_for_one_machine()
    {
        Explanation.All.Count.ShouldBeGreaterThan(2);
        Explanation.All.ShouldAllBe(each => each.Sentence.EndsWith('.') && each.Machine != "" && each.Pattern.Contains('/'));
        Explanation.All.Select(each => (each.Machine, each.Pattern)).ShouldBeUnique();
    }
}
