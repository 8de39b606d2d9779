using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Faults;

public sealed class FaultScoreTests
{
    [Fact]
    public void A_suite_without_the_vectors_of_a_rule_finds_fewer_of_its_faults()
    {
        bool IsMeant(string rule) => rule == SmallSuite.Rule;
        var whole = FaultScore.Of(SmallSuite.Suite.Vectors, SmallSuite.Profile, IsMeant);
        var without = FaultScore.Of(
            [.. SmallSuite.Suite.Vectors.Where(vector => vector.Rule != SmallSuite.Rule)],
            SmallSuite.Profile, IsMeant);

        whole.Killed.Count.ShouldBeGreaterThan(without.Killed.Count);
        (whole.Killed.Count + whole.Alive.Count).ShouldBe(without.Killed.Count + without.Alive.Count);
    }

    [Fact]
    public void Without_a_fault_the_plain_machine_ends_as_every_committed_vector_says()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json"));
        var vectors = VectorReader.Read(text).ShouldBeOfType<VectorText.Loaded>().Vectors;

        FaultScore.Of(vectors, Profile.Rbpf, _ => false).Left.ShouldBeEmpty();
    }

    [Fact]
    public void No_two_faults_have_one_name()
    {
        var score = FaultScore.Of([], Profile.Rbpf);

        score.Alive.GroupBy(fault => fault.Name).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        score.Killed.ShouldBeEmpty();
    }
}
