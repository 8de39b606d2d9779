namespace RbpfSpec.Conformance.Tests;

public class JsonLinesTests
{
    [Fact]
    public void Each_line_is_a_vector_named_by_file_and_line()
    {
        var loaded = JsonLines.Read(
            "random.jsonl",
            """
            {"program": "9500000000000000", "memory": "01 ff", "r0": "0x2a"}

            {"r0":"-1","program":"95 00 00 00 00 00 00 00","note":"memory may be left out, and more may be said"}
            """);

        loaded.ShouldBe(new VectorText.Loaded(
        [
            new("random.jsonl:1", Exit, [0x01, 0xff], new Expectation.Returns(42)),
            new("random.jsonl:3", Exit, [], new Expectation.Returns(ulong.MaxValue)),
        ]));
    }

    [Fact]
    public void A_file_without_lines_has_no_vectors() =>
        JsonLines.Read("none.jsonl", " \n\r\n\n").ShouldBe(new VectorText.Loaded([]));

    [Theory]
    [InlineData("""["95"]""", "the line is not a JSON object")]
    [InlineData("7", "the line is not a JSON object")]
    [InlineData("""{"memory":"","r0":"0"}""", """there is no "program"; expected bytes in hexadecimal""")]
    [InlineData("""{"program":"95","memory":""}""", """there is no "r0"; expected the result, such as "0x1f" """)]
    [InlineData("""{"program":"9","r0":"0"}""", """ "program" is not bytes; expected two hexadecimal digits each""")]
    [InlineData("""{"program":149,"r0":"0"}""", """ "program" is not bytes; expected two hexadecimal digits each""")]
    [InlineData("""{"program":"","memory":null,"r0":"0"}""", """ "memory" is not bytes; expected two hexadecimal digits each""")]
    [InlineData("""{"program":"","memory":"0x00","r0":"0"}""", """ "memory" is not bytes; expected two hexadecimal digits each""")]
    [InlineData("""{"program":"","r0":"zero"}""", """ "r0" is "zero"; expected a number of up to 64 bits as text, such as "0x1f" """)]
    [InlineData("""{"program":"","r0":7}""", """ "r0" is 7; expected a number of up to 64 bits as text, such as "0x1f" """)]
    [InlineData(
        """{"program":"" "r0":"0"}""",
        "the line is not JSON, at byte 15: '\"' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("program", "the line is not JSON, at byte 1: 'p' is an invalid start of a value.")]
    [InlineData("""{"program":"\ud800","r0":"0"}""", "the line is not JSON: it holds half a surrogate pair")]
    [InlineData("""{"\ud800ogram":"","r0":"0"}""", "the line is not JSON: it holds half a surrogate pair")]
    public void A_malformed_line_is_met_by_line_and_problem(string line, string problem) =>
        JsonLines.Read("bad.jsonl", $$"""{"program":"","r0":"0"}{{"\n"}}{{line}}{{"\n"}}""")
            .ShouldBe(new VectorText.Malformed(2, problem.Trim()));

    [Fact]
    public void A_line_may_be_a_vector_of_a_suite_with_a_name_and_any_outcome()
    {
        var loaded = JsonLines.Read(
            "mine.jsonl",
            """
            {"name":"one","program":"9500000000000000","expected":{"rejected":true}}
            {"program":"9500000000000000","expected":{"trap":"MemoryAccess","pc":3}}
            {"name":"three","program":"9500000000000000","r0":"0x1","setting":{"branches":3}}
            """);

        loaded.ShouldBe(new VectorText.Loaded(
        [
            new("one", Exit, [], new Expectation.Refuses()),
            new("mine.jsonl:2", Exit, [], new Expectation.Traps(RbpfSpec.Semantics.Machine.Trap.MemoryAccess, 3)),
            new("three", Exit, [], new Expectation.Returns(1)) { Setting = new() { Branches = 3 } },
        ]));
    }

    private static VectorProgram.Code Exit => new(Code.Of("exit"));
}
