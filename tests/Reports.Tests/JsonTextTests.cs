namespace RbpfSpec.Reports.Tests;

public class JsonTextTests
{
    [Fact]
    public void An_object_is_one_line_unless_it_is_indented()
    {
        JsonText.Object(writer => writer.WriteStrings("names", ["a'b", "<c>"])).ShouldBe("""{"names":["a'b","<c>"]}""");
        JsonText.Object(writer => writer.WriteNumber("count", 1), indented: true).ReplaceLineEndings("\n").ShouldBe("{\n  \"count\": 1\n}");
    }
}
