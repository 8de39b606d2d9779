using RbpfSpec.Conformance.Faults;

namespace RbpfSpec.Conformance.Tests.Faults;

public sealed class FaultScoreTests
{
    [Fact]
    public void A_suite_without_the_vectors_of_a_rule_finds_fewer_of_its_faults()
    {
        bool IsMeant(string rule) => rule == "alu/arsh32-x";
        var whole = FaultScore.Of(SmallSuite.Suite.Vectors, SmallSuite.Profile, IsMeant);
        var without = FaultScore.Of([.. SmallSuite.Suite.Vectors.Where(vector => vector.Rule != "alu/arsh32-x")], SmallSuite.Profile, IsMeant);

        whole.Killed.Count.ShouldBeGreaterThan(without.Killed.Count);
        (whole.Killed.Count + whole.Alive.Count).ShouldBe(without.Killed.Count + without.Alive.Count);
    }

    [Fact]
    public void No_two_faults_have_one_name()
    {
        var score = FaultScore.Of([], SmallSuite.Profile);

        score.Alive.GroupBy(fault => fault.Name).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        score.Killed.ShouldBeEmpty();
    }
}
