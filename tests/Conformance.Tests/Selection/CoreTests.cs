using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Selection;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Selection;

public sealed class CoreTests
{
    [Fact]
    public void Of_each_rule_one_is_taken_and_then_what_finds_most_that_is_not_found_yet()
    {
        ChosenVector[] suite =
        [
            Sample("alu/a/01", "x"),
            Sample("alu/a/02", "x", "y"),
            Sample("alu/a/03", "y", "z", "u"),
            Sample("alu/a/04", "z"),
            Sample("alu/b/01"),
            Sample("alu/b/02", "v"),
        ];

        Names(6).ShouldBe("alu/a/01 alu/a/03 alu/b/02");
        Names(2).ShouldBe("alu/a/03 alu/b/02");
        Names(1).ShouldBe("alu/a/03");

        string Names(int most) =>
            string.Join(' ', Core.Marked(Profile.Rbpf, suite, most).Where(vector => vector.IsCore).Select(vector => vector.Name));
    }

    [Fact]
    public void The_core_of_the_committed_suite_is_small_and_meets_every_rule()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json"));
        var vectors = VectorReader.Read(text).ShouldBeOfType<VectorText.Loaded>().Vectors;
        var core = vectors.Where(vector => vector.IsCore).ToList();

        core.Count.ShouldBeInRange(1000, Core.Most);
        MutantCatalogue.Forms(Profile.Rbpf).Select(form => form.Id).Except(core.Select(vector => vector.Rule)).ShouldBeEmpty();
        vectors
            .Select(vector => vector.Rule)
            .Where(rule => rule.StartsWith("preflight/", StringComparison.Ordinal))
            .Except(core.Select(vector => vector.Rule))
            .ShouldBeEmpty();
    }

    // Its program is refused, and shows no fault of the catalogue.
    private static ChosenVector Sample(string name, params string[] shown)
    {
        var vector = new Vector(name, new VectorProgram.Code([0, 0, 0, 0, 0, 0, 0, 0]), [], new Expectation.Returns(0))
        {
            Rule = name[..name.LastIndexOf('/')],
        };
        return new(vector) { Shown = [.. shown] };
    }
}
