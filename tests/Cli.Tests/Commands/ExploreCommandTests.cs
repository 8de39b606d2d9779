namespace RbpfSpec.Cli.Tests.Commands;

public class ExploreCommandTests
{
    [Fact]
    public void A_device_is_explored_and_holds_its_invariants()
    {
        var text = Rbpf.Line("explore host --states 2000").Holds();

        text.ShouldStartWith("2000 distinct states up to ");
        text.ShouldEndWith("\nevery invariant holds of every step\n");
    }

    [Theory]
    [Trait("Needs", "time")]
    [InlineData("")]
    [InlineData(" --scope updates")]
    public void Planted_bugs_are_found_with_a_trace(string scope)
    {
        var json = JsonText.Object(Rbpf.Line($"explore host --states 20000{scope} --bugs --json").Holds());

        json.GetProperty("bugs").EnumerateArray().Select(bug => bug.GetProperty("found").GetBoolean()).ShouldAllBe(found => found);
        json.GetProperty("bugs")[0].GetProperty("trace").GetArrayLength().ShouldBeGreaterThan(0);
        json.GetProperty("states").GetInt32().ShouldBe(20_000);
    }

    [Fact]
    public void A_bug_that_is_not_reached_fails()
    {
        var text = Rbpf.Line("explore host --states 1 --bugs").Fails();

        text.ShouldContain("not found: ");
    }

    [Fact]
    public void A_word_for_the_number_of_states_is_a_mistake() =>
        Rbpf.Line("explore host --states nine").Error.ShouldStartWith(
            "rbpf: --states 'nine' makes no sense; expected a number from 0 to 2147483647, in decimal");

    [Fact]
    public void No_states_are_a_mistake() =>
        Rbpf.Line("explore host --states 0").IsUsage("--states 0; the least is 1");
}
