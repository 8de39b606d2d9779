using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Deviations;

public sealed class DecisionPointTests
{
    [Fact]
    public void Every_profile_says_what_it_does_at_every_point()
    {
        foreach (var point in DecisionPoint.All)
        {
            foreach (var profile in (Sequence<Profile>)[.. Profile.All, Samples.Contrary])
                point.Setting(profile).ShouldNotBeNullOrWhiteSpace(point.Name);
            point.Question.ShouldEndWith("?");
            point.Deviation.Reason.ShouldEndWith(".");
        }
    }

    [Fact]
    public void Deviations_are_numbered_from_1_without_gap()
    {
        var numbers = DecisionPoint.All.Select(point => point.Deviation.Number);

        numbers.ShouldBe(Enumerable.Range(1, DecisionPoint.All.Count).Select(number => $"D-{number:00}"), ignoreOrder: true);
    }

    [Fact]
    public void Names_and_questions_are_unique()
    {
        DecisionPoint.All.Select(point => point.Name).ShouldBeUnique();
        DecisionPoint.All.Select(point => point.Question).ShouldBeUnique();
    }

    [Fact]
    public void The_normative_machine_departs_from_the_RFC_in_one_point()
    {
        DecisionPoint.All
            .Where(point => point.Deviation.Kind is DeviationKind.Departs)
            .Select(point => point.Deviation.Number)
            .ShouldBe(["D-01"]);
    }

    [Fact]
    public void The_two_profiles_differ_where_the_design_says_so() =>
        DecisionPoint.All
            .Where(point => point.Setting(Profile.Rbpf) != point.Setting(Profile.Rfc9669))
            .Select(point => point.Name)
            .ShouldBe(["zero divisor", "budget", "helper functions"]);

    [Fact]
    public void A_profile_that_turns_every_option_says_so_at_every_point_that_has_one() =>
        DecisionPoint.All
            .Where(point => point.Setting(Profile.Rfc9669) == point.Setting(Samples.Contrary))
            .Select(point => point.Name)
            .ShouldBe([
                "zero divisor",
                "memory access",
                "jump target",
                "helper functions",
                "map value offset",
                "byte order of slots",
                "byte order of memory",
                "byte order conversion",
            ]);

    [Theory]
    [InlineData("zero divisor", "sdiv", true)]
    [InlineData("zero divisor", "mul", false)]
    [InlineData("shift amount", "arsh", true)]
    [InlineData("memory access", "stx", true)]
    [InlineData("budget", "jeq", true)]
    [InlineData("budget", "exit", false)]
    [InlineData("jump target", "ja", true)]
    [InlineData("frame pointer", "jeq", false)]
    public void A_point_concerns_the_operations_that_turn_on_it(string name, string mnemonic, bool concerned)
    {
        var point = DecisionPoint.All.Single(candidate => candidate.Name == name);
        var operation = OperationTable.All.Single(candidate => candidate.Mnemonic == mnemonic);

        point.Concerns(operation).ShouldBe(concerned);
    }

    [Fact]
    public void The_map_value_offset_concerns_the_wide_loads_that_add_one() =>
        OperationTable.All
            .Where(DecisionPoint.All.Single(point => point.Name == "map value offset").Concerns)
            .ShouldBe([new WideLoad.MapValueByFd(), new WideLoad.MapValueByIndex()], ignoreOrder: true);
}
