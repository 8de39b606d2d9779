using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Tests.Formats;

public sealed class VectorReaderTests
{
    private const string Vector = """{"name":"a","program":"9500000000000000","expected":{"r0":"0x0"}}""";

    public static TheoryData<string, string> Wrong => new()
    {
        { "\"r0\":\"0x1ffffffffffffffff\"", "\"expected.r0\" is \"0x1ffffffffffffffff\"; expected a number of up to 64 bits" },
        { "\"trap\":\"Nothing\",\"pc\":1", "\"expected.trap\" is \"Nothing\"; expected one of IllegalInstruction, " },
        { "\"trap\":\"\",\"pc\":1", "\"expected.trap\" is \"\"; " },
        { "\"trap\":\"99999999999\",\"pc\":1", "\"expected.trap\" is " },
        { "\"trap\":\"99\",\"pc\":1", "\"expected.trap\" is " },
        { "\"trap\":\"3\",\"pc\":1", "\"expected.trap\" is " },
        { "\"trap\":\"MemoryAccess\"", "there is no \"expected.pc\"; " },
        { "\"trap\":\"MemoryAccess\",\"pc\":-1", "\"expected.pc\" is -1; expected a whole number" },
        { "\"rejected\":false", "\"expected\" is {" },
        { "", "\"expected\" is {}; " },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_not_expected_so_is_named_by_field(string expected, string problem)
    {
        var text = """{"format":1,"vectors":[""" + Vector + ",{\"name\":\"b\",\"program\":\"\",\"expected\":{" + expected + "}}]}";

        var malformed = VectorReader.Read(text).ShouldBeOfType<VectorText.Malformed>();

        malformed.Problem.ShouldStartWith($"vector 2 is not as vectors.schema.json says: {problem}");
    }

    [Theory]
    [InlineData("", "the file is not JSON")]
    [InlineData("[]", "the file is no suite: it is []; expected an object")]
    [InlineData("{}", "the file is no suite: there is no \"format\"; ")]
    [InlineData("{\"format\":2,\"vectors\":[]}", "the file is no suite: \"format\" is 2; expected 1")]
    [InlineData("{\"format\":1e9999,\"vectors\":[]}", "the file is no suite: \"format\" is 1e9999; expected 1")]
    [InlineData("{\"format\":1,\"vectors\":7}", "the file is no suite: \"vectors\" is 7; expected an array")]
    [InlineData("{\"format\":1,\"vectors\":[7]}", "vector 1 is not as vectors.schema.json says: \"vectors[0]\" is 7; expected an object")]
    [InlineData("{\"format\":1,\"vectors\":[{\"name\":\"\\ud800\"}]}", "the file is not JSON: it holds half a surrogate pair; ")]
    public void What_is_no_suite_is_told(string text, string problem) =>
        VectorReader.Read(text).ShouldBeOfType<VectorText.Malformed>().Problem.ShouldStartWith(problem);

    [Fact]
    public void A_suite_may_be_laid_out_in_any_way_and_have_its_keys_in_any_order()
    {
        var suite = $$"""
            {
              "seed": 1,
              "vectors": [
                {
                  "expected": { "r0": "0x0" },
                  "program": "9500000000000000",
                  "name": "a"
                },
                { "name": "b", "program": "9" }
              ],
              "profile": "rbpf",
              "format": 1
            }
            """;

        VectorReader.IsSuite(suite).ShouldBeTrue();
        VectorReader.Read(suite).ShouldBeOfType<VectorText.Malformed>().Line.ShouldBe(9);
        VectorReader.Read(suite.Replace("\"9\" }", "\"\", \"expected\": { \"rejected\": true } }", StringComparison.Ordinal))
            .ShouldBeOfType<VectorText.Loaded>().Vectors.Select(vector => vector.Name).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("{\"format\":1,\"vectors\":[]}", true)]
    [InlineData("\n {\"vectors\":[],\"format\":1}\n", true)]
    [InlineData("{\n\"format\":1}", true)]
    [InlineData("{\"program\":\"\",\"r0\":\"0x0\"}\n{\"program\":\"\",\"r0\":\"0x0\"}", false)]
    [InlineData("{\"program\":\"\" \"r0\":\"0x0\"}\n{\"program\":\"\",\"r0\":\"0x0\"}", false)]
    [InlineData("program", false)]
    [InlineData("", false)]
    public void A_suite_is_told_from_lines(string text, bool isSuite) => VectorReader.IsSuite(text).ShouldBe(isSuite);

    [Fact]
    public void No_text_ends_the_process() =>
        Prop.ForAll(Texts.ToArbitrary(), text =>
        {
            VectorReader.IsSuite(text);
            VectorReader.Read(text).ShouldNotBeNull();
            JsonLines.Read("x", text).ShouldNotBeNull();
            DataFile.Read("x", text).ShouldNotBeNull();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(9669, 1));

    private static Gen<string> Texts =>
        from text in Gen.Elements(
            $$"""{"format":1,"vectors":[{{Vector}}]}""",
            VectorWriter.Suite("rbpf", 1, [SmallSuite.Suite.Vectors[0], SmallSuite.Suite.Vectors[^1]]),
            Vector,
            "-- raw\n0x95\n-- mem\n00\n-- error\ntrap MemoryAccess at slot 0\n")
        from at in Gen.Choose(0, text.Length)
        from length in Gen.Choose(0, Math.Min(4, text.Length - at))
        from insert in Gen.OneOf(
            Gen.Elements(
                "",
                "\"",
                "\\",
                "{",
                "}",
                ":",
                ",",
                "\\ud800",
                "\\u12",
                "\ud800",
                "\udc00",
                "\0",
                "[",
                "]",
                "-1",
                "1e999",
                "99999999999999999999",
                "null",
                "true",
                "0x",
                "\n"),
            ArbMap.Default.GeneratorFor<string?>().Select(any => any ?? ""))
        select text[..at] + insert + text[(at + length)..];
}
