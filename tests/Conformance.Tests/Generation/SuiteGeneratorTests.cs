using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Generation;

public sealed class SuiteGeneratorTests
{
    private static readonly Lazy<Suite> Made = new(() => SuiteGenerator.Generate(Smallest, 1));

    private static Profile Smallest => Profile.Rbpf with { Groups = [ConformanceGroup.Base32] };

    [Fact]
    [Trait("Needs", "time")]
    public void The_committed_suite_is_what_the_semantics_yield()
    {
        var suite = SuiteGenerator.Generate(Profile.Rbpf, 1);
        var folder = Path.Combine(Repository.Root, "spec/vectors");
        var made = Enum.GetValues<SuiteFormat>()
            .SelectMany(format => SuiteFiles.Of(suite, format))
            .ToDictionary(file => file.Path, file => file.Text);

        suite.Vectors.Count.ShouldBeLessThanOrEqualTo(SuiteGenerator.Most);
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => file is not ("README.md" or "host.json" or "host.schema.json" or Formats.Header.HeaderOfTheRfcTests.Name))
            .Except(made.Keys).ShouldBeEmpty("these are no longer made: rbpf conformance generate --out spec/vectors");
        made.Where(file => !File.Exists(Path.Combine(folder, file.Key)) || File.ReadAllText(Path.Combine(folder, file.Key)) != file.Value)
            .Select(file => file.Key).ShouldBeEmpty("these differ: rbpf conformance generate --out spec/vectors");
    }

    [Fact]
    [Trait("Needs", "time")]
    public void Every_encoding_has_vectors_that_the_reference_machine_passes()
    {
        var vectors = Made.Value.Vectors;

        MutantCatalogue.Forms(Smallest).Select(form => form.Id).Except(vectors.Select(vector => vector.Rule)).ShouldBeEmpty();
        TestRun.Of(new MachineUnderTest.Own(Smallest), vectors, 2)
            .Where(result => result.Status is not TestStatus.Passed)
            .Select(result => $"{result.Vector.Name}: {result.Reason}")
            .ShouldBeEmpty();
    }

    [Fact]
    [Trait("Needs", "time")]
    public void No_two_vectors_have_one_name_or_one_purpose()
    {
        Made.Value.Vectors.GroupBy(vector => vector.Name).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        Made.Value.Vectors.GroupBy(vector => vector.Purpose).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Needs", "time")]
    public void A_machine_without_a_group_meets_none_of_its_instructions() =>
        Made.Value.Vectors
            .Where(vector => vector.Expectation is not Expectation.Refuses)
            .SelectMany(vector => vector.Groups).Distinct().ShouldBe([ConformanceGroup.Base32]);

    [Fact]
    [Trait("Needs", "time")]
    public void A_suite_without_the_vectors_of_a_rule_does_not_find_its_mutants()
    {
        var without = Score.Of([.. Made.Value.Vectors.Where(vector => vector.Rule != SmallSuite.Rule)], Smallest);
        var whole = Score.Of(Made.Value.Vectors, Smallest);

        whole.Left.ShouldBe(0);
        without.Alive.Select(mutant => mutant.Form.Id).Distinct().ShouldContain(SmallSuite.Rule);
        whole.Killed.Count.ShouldBeGreaterThan(without.Killed.Count);
        whole
            .Alive.Select(mutant => mutant.ToString())
            .Except(Made.Value.Alive.Select(mutant => mutant.ToString()))
            .ShouldBeEmpty();
    }
}
