using System.Text.Json;
using RbpfSpec.Dialects;

namespace RbpfSpec.Cli.Tests.Commands.Historic;

public class DialectsCommandTests
{
    [Fact]
    public void Every_machine_is_listed_and_every_bug_of_one()
    {
        var all = Rbpf.Line("dialects").Holds();

        foreach (var dialect in DialectTable.All)
        {
            all.ShouldContain($"\n{dialect.Name} ");
            var bugs = Rbpf.Line($"dialects {dialect.Name}").Holds();
            foreach (var bug in dialect.Deviations) bugs.ShouldContain($"{bug.Number}: {bug.Source}\n  {bug.Summary}\n");
        }
    }

    [Fact]
    public void JSON_has_all_of_it()
    {
        using var document = JsonDocument.Parse(Rbpf.Line("dialects --json").Holds());

        document.RootElement.GetProperty("dialects").EnumerateArray()
            .SelectMany(dialect => dialect.GetProperty("bugs").EnumerateArray()).Select(bug => bug.GetProperty("number").GetString())
            .ShouldBe(DialectTable.Deviations.Select(bug => bug.Number));
    }

    [Fact]
    public void A_machine_that_is_none_is_told_with_those_that_are() =>
        Rbpf.Line("dialects vax").IsUsage(
            "there is no dialect 'vax'; expected rbpf-2020, rbpf-2020-switch, femto-containers, certrbpf or havm32");
}
