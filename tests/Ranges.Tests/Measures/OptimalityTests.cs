using RbpfSpec.Ranges.Measures;
using RbpfSpec.Ranges.Tests.Domain;
using Xunit.Abstractions;

namespace RbpfSpec.Ranges.Tests.Measures;

/// <summary>How tight the operations are: the best set, where that is known to be had.</summary>
public sealed class OptimalityTests(ITestOutputHelper output)
{
    [Fact]
    public void Operations_are_as_tight_as_required_on_all_sets_of_few_bits()
    {
        foreach (var one in Optimality.Of(Tried.Width))
        {
            output.WriteLine(one.ToString());
            Assert.Equal(0, one.Unsound);

            // What is required is said of 5 bits.
            if (one.Least is { } least && (least == 100 || Tried.Width.Bits == 5))
                Assert.True(one.Share >= least, $"{one}");
        }
    }
}
