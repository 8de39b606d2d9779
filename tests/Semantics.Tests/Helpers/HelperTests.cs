using RbpfSpec.Host;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.Semantics.Tests.Helpers;

/// <summary>The declarations that are accepted, and those that are not.</summary>
public sealed class HelperTests
{
    [Theory]
    [InlineData(int.MinValue, false)]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    [InlineData(12, false)]
    [InlineData(int.MaxValue, false)]
    public void A_number_of_bytes_is_in_one_of_five_arguments(int argument, bool isOne)
    {
        var count = new ByteCount.InArgument(argument);

        Declaring(new ArgumentKind.Readable(count)).Problems().IsEmpty.ShouldBe(isOne);
        Declaring(new ArgumentKind.Value(), new ArgumentKind.Writable(count)).Problems().IsEmpty.ShouldBe(isOne);
    }

    [Fact]
    public void There_are_five_arguments()
    {
        var kinds = Enumerable.Repeat<ArgumentKind>(new ArgumentKind.Readable(new ByteCount.RestOfRegion()), 6).ToArray();

        Declaring(kinds[..5]).Problems().ShouldBeEmpty();
        Declaring(kinds).Problems().ShouldHaveSingleItem().ShouldContain("6 arguments; the most are 5");
    }

    [Fact]
    public void Kinds_and_counts_must_be_there()
    {
        Declaring([null!]).Problems().ShouldHaveSingleItem().ShouldContain("argument 1");
        Declaring(new ArgumentKind.Value(), new ArgumentKind.Writable(null!)).Problems().ShouldHaveSingleItem().ShouldContain("argument 2");
    }

    [Fact]
    public void Helpers_that_ship_are_declared_well() =>
        DefaultHost.Functions.Where(function => !function.Declaration.Problems().IsEmpty).ShouldBeEmpty();

    [Fact]
    public void A_run_does_not_start_with_a_helper_that_no_call_could_meet()
    {
        var wrong = Samples.Host.Helpers[0] with { Declaration = Declaring(new ArgumentKind.Readable(new ByteCount.InArgument(6))) };

        foreach (var host in (HostState<Word>[])[Samples.Host with { Helpers = [wrong] }, Samples.Host with { BtfFunctions = [wrong] }])
        {
            var start = new Start(Profile.Rbpf) { Host = host };
            start.Problems().ShouldHaveSingleItem().ShouldContain("argument 6");
            Should.Throw<InvalidOperationException>(() => start.State());
        }
    }

    private static Helper Declaring(params ArgumentKind[] kinds) => new(1, "helper", "", Sequence.Of<ArgumentKind>(kinds));
}
