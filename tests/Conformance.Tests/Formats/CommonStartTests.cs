using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats;

public sealed class CommonStartTests
{
    [Fact]
    public void Whatever_needs_nothing_of_the_harness_starts_so()
    {
        var start = CommonStart.Of([.. SmallSuite.Suite.Vectors]).ShouldNotBeNull();

        SmallSuite.Suite.Vectors.Where(vector => vector.Setting.Needs.IsEmpty && start.Before(vector) != vector.Before)
            .Select(vector => vector.Name).ShouldBeEmpty();
        SmallSuite.Suite.Vectors.ShouldContain(vector => !vector.Memory.IsEmpty && vector.Setting.Needs.IsEmpty && vector.Before != null);
    }

    [Fact]
    public void Where_nothing_is_said_of_a_vector_there_is_none() =>
        CommonStart.Of([.. SmallSuite.Suite.Vectors.Select(vector => vector with { Before = null })]).ShouldBeNull();
}
