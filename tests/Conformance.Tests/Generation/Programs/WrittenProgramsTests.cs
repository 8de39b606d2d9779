using RbpfSpec.Conformance.Generation.Programs;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Conformance.Tests.Generation.Programs;

public sealed class WrittenProgramsTests
{
    [Fact]
    public void Every_file_of_the_folder_is_read_and_every_folder_has_its_place()
    {
        var folder = Path.Combine(Repository.Root, "src/Conformance/Programs");

        WrittenPrograms.Files.Order(StringComparer.Ordinal).ShouldBe(
            Directory.EnumerateFiles(folder, "*.s", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal));
        WrittenPrograms.Folders.Order(StringComparer.Ordinal).ShouldBe(
            Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_program_is_about_a_rule_and_no_two_say_that_they_are_about_the_same()
    {
        var rules = OperationTable.Forms.Select(form => form.Id).ToHashSet();

        WrittenPrograms.All.Select(scenario => scenario.Rule)
            .Where(rule => !rules.Contains(rule) && !rule.StartsWith("program/", StringComparison.Ordinal)).ShouldBeEmpty();
        WrittenPrograms.All.GroupBy(scenario => (scenario.Rule, scenario.Purpose))
            .Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }
}
