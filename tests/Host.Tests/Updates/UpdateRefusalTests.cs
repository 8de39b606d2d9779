using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Tests.Updates;

public sealed class UpdateRefusalTests
{
    [Fact]
    public void Reasons_and_codes_are_those_of_the_chapter()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "spec", "88-updates.md"))
            .SkipWhile(line => line != "| reason | code |")
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'));

        rows.ShouldBe(Enum.GetValues<UpdateRefusal>().Select(reason => $"| {reason.Text()} | {reason.Code()} |"));
    }
}
