using RbpfSpec.Campaigns.Plans;

namespace RbpfSpec.Campaigns.Tests.Plans;

public sealed class CampaignPlanTests
{
    private static readonly CampaignPlan Plan = new() { Kind = "square", Program = "p", Settings = "s", Pieces = ["1", "22"] };

    [Fact]
    public void The_same_plan_has_the_same_name_in_every_process() => Plan.Id.ShouldBe((Plan with { Pieces = ["1", "22"] }).Id);

    [Fact]
    public void Whatever_is_another_in_a_plan_makes_another_name()
    {
        CampaignPlan[] others =
        [
            Plan with { Kind = "cube" }, Plan with { Program = "q" }, Plan with { Settings = "t" }, Plan with { Pieces = ["1", "23"] },
            Plan with { Pieces = ["22", "1"] }, Plan with { Pieces = ["1"] },

            // The same text, divided otherwise.
            Plan with { Pieces = ["12", "2"] }, Plan with { Settings = "s1", Pieces = ["22"] },
            Plan with { Kind = "squarep", Program = "" },
        ];

        others.Select(other => other.Id).Append(Plan.Id).Distinct().Count().ShouldBe(others.Length + 1);
    }
}
