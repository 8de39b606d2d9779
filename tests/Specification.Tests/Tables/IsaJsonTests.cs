using System.Text.Json;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Tables;

namespace RbpfSpec.Specification.Tests.Tables;

public class IsaJsonTests
{
    private static readonly string Text = IsaJson.Create(Repository.Book);

    [Fact]
    public void It_is_as_its_schema_says()
    {
        using var schema = JsonDocument.Parse(IsaJson.Schema());
        using var isa = JsonDocument.Parse(Text);

        new JsonSchema(schema.RootElement).Problems(isa.RootElement).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"opcode\": \"0x04\"", "\"opcode\": \"4\"")]
    [InlineData("\"kind\": \"departs\"", "\"kind\": \"differs\"")]
    [InlineData("\"slots\": 2", "\"slots\": \"2\"")]
    public void The_schema_refuses_what_is_otherwise(string right, string wrong)
    {
        using var schema = JsonDocument.Parse(IsaJson.Schema());
        using var isa = JsonDocument.Parse(Text.Replace(right, wrong, StringComparison.Ordinal));

        new JsonSchema(schema.RootElement).Problems(isa.RootElement).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_encoding_is_there_with_its_rule()
    {
        using var isa = JsonDocument.Parse(Text);
        var encodings = isa.RootElement.GetProperty("encodings").EnumerateArray()
            .ToDictionary(encoding => encoding.GetProperty("rule").GetString()!);

        encodings.Keys.ShouldBe(OperationTable.Forms.Select(form => form.Id));
        encodings["alu/mod64-x"].GetProperty("pseudocode").GetProperty("rfc9669").EnumerateArray().Select(line => line.GetString())
            .ShouldBe(["dst = src == 0 ? dst : (dst %u src)"]);
    }
}
