using RbpfSpec.Conformance.Faults;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Mutations;

namespace RbpfSpec.Conformance.Tests.Selection;

public sealed class CoreTests
{
    // Of a suite that needs no more than the core may have, it leaves out only what shows nothing that others do not show.
    [Fact]
    public void Where_there_is_room_the_core_finds_all_that_the_suite_finds_in_fewer_vectors()
    {
        var (suite, profile) = (SmallSuite.Suite.Vectors, SmallSuite.Profile);
        var core = Core.Marked(profile, suite, suite.Count).Where(vector => vector.IsCore).ToList();

        core.Count.ShouldBeInRange(1, suite.Count - 1);
        suite.Count(vector => vector.IsCore).ShouldBeInRange(1, Core.Most);
        Names(Score.Of(core, profile).Alive).Except(Names(Score.Of(suite, profile).Alive)).ShouldBeEmpty();
        FaultScore.Of(core, profile).Alive.Except(FaultScore.Of(suite, profile).Alive).ShouldBeEmpty();

        static IEnumerable<string> Names(IEnumerable<Mutation> mutations) => mutations.Select(mutation => mutation.ToString());
    }

    [Fact]
    public void The_core_of_the_committed_suite_is_small_and_meets_every_rule()
    {
        var vectors = ((VectorText.Loaded)VectorReader.Read(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")))).Vectors;
        var core = vectors.Where(vector => vector.IsCore).ToList();

        core.Count.ShouldBeInRange(1000, Core.Most);
        MutationCatalogue.Forms(Profile.Rbpf).Select(form => form.Id).Except(core.Select(vector => vector.Rule)).ShouldBeEmpty();
        vectors.Select(vector => vector.Rule).Where(rule => rule.StartsWith("preflight/", StringComparison.Ordinal)).Except(core.Select(vector => vector.Rule)).ShouldBeEmpty();
    }
}
