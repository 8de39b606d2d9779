using System.Text.Json;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats;

public sealed class VectorWriterTests
{
    [Fact]
    public void What_is_written_is_as_the_schema_says()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.schema.json")));
        using var suite = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json")));

        new JsonSchema(schema.RootElement).Problems(suite.RootElement).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"format\":1", "\"format\":\"one\"")]
    [InlineData("\"rule\":", "\"rules\":")]
    [InlineData("\"memory\":\"", "\"memory\":\"x")]
    public void The_schema_rejects_what_is_not_a_suite(string right, string wrong)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.schema.json")));
        using var suite = JsonDocument.Parse(Text().Replace(right, wrong, StringComparison.Ordinal));

        new JsonSchema(schema.RootElement).Problems(suite.RootElement).ShouldNotBeEmpty();
    }

    [Fact]
    public void What_is_written_is_read_again_as_it_was()
    {
        var read = VectorReader.Read(Text()).ShouldBeOfType<VectorText.Loaded>();

        read.Vectors.Count.ShouldBe(SmallSuite.Suite.Vectors.Count);
        read.Vectors.Zip(SmallSuite.Suite.Vectors)
            .Where(pair => pair.First != pair.Second)
            .Select(pair => pair.Second.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_state_in_which_most_vectors_start_is_written_once()
    {
        var isWritten = SmallSuite.Suite.Vectors.Count(vector =>
            vector.Expectation is not Expectation.Refuses && !vector.Setting.Needs.IsEmpty);

        (Text().Split("\"before\":").Length - 1).ShouldBeLessThanOrEqualTo(isWritten);
        Text().Split("\"start\":").Length.ShouldBe(2);
    }

    [Fact]
    public void A_vector_of_which_no_state_is_said_gets_none_by_being_written()
    {
        var unsaid = SmallSuite.Suite.Vectors.First(vector => vector.Before is not null) with { Name = "unsaid", Before = null };

        VectorReader.Read(VectorWriter.Suite("rbpf", 1, [SmallSuite.Suite.Vectors[0], unsaid])).ShouldBeOfType<VectorText.Loaded>().Vectors
            .ShouldBe([SmallSuite.Suite.Vectors[0], unsaid]);
    }

    [Fact]
    public void A_vector_that_is_none_is_named_by_its_line()
    {
        var text = Text().Split('\n');
        text[2] = text[2].Replace("\"program\"", "\"programme\"", StringComparison.Ordinal);

        var problem = VectorReader.Read(string.Join('\n', text)).ShouldBeOfType<VectorText.Malformed>();

        problem.Line.ShouldBe(3);
        problem.Problem.ShouldContain("vector 2");
    }

    private static string Text() => VectorWriter.Suite(SmallSuite.Profile.Name, SmallSuite.Suite.Seed, SmallSuite.Suite.Vectors);
}
