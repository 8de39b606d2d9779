using System.Text;
using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Protocol;

namespace RbpfSpec.Debugging.Tests.Protocol;

public class MessageReaderTests
{
    [Fact]
    public void Messages_follow_each_other()
    {
        var reader = Reader("Content-Length: 2\r\n\r\n{}Content-Type: x\r\ncontent-length:4\r\n\r\n null");

        Text(reader.Read()).ShouldBe("{}");
        Text(reader.Read()).ShouldBe(" nul");
        reader.Read().ShouldBeOfType<Framed.Broken>();
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var message = new JsonObject { ["text"] = "ä \u2028 \" { }" };

        var reader = new MessageReader(new MemoryStream([.. MessageWriter.Bytes(message), .. MessageWriter.Bytes(message)]));

        JsonNode.DeepEquals(JsonNode.Parse(Text(reader.Read())), message).ShouldBeTrue();
        JsonNode.DeepEquals(JsonNode.Parse(Text(reader.Read())), message).ShouldBeTrue();
        reader.Read().ShouldBeOfType<Framed.End>();
    }

    [Theory]
    [InlineData("\r\n", "a message has no Content-Length in its header")]
    [InlineData("{}\r\n\r\n", "'{}' is no field of a header; expected 'Content-Length: ' and a number")]
    [InlineData("Content-Length: -1\r\n\r\n", "Content-Length is '-1'; expected 0 to 16777216")]
    [InlineData("Content-Length: 16777217\r\n\r\n", "Content-Length is '16777217'; expected 0 to 16777216")]
    [InlineData("Content-Length: 99999999999\r\n\r\n", "Content-Length is '99999999999'; expected 0 to 16777216")]
    [InlineData("Content-Length: 3\r\n\r\n{}", "the input ends 1 bytes before the end of a message of 3")]
    [InlineData("Content-Length: 3", "the input ends within the header of a message")]
    [InlineData("Content-Length: 3\r\n", "the input ends within the header of a message")]
    public void A_header_that_makes_no_sense_says_so(string text, string problem) =>
        Reader(text).Read().ShouldBe(new Framed.Broken(problem));

    [Fact]
    public void A_header_without_end_is_read_no_further_than_needed() =>
        Reader(new string('x', 100_000)).Read().ShouldBe(new Framed.Broken("a line of a header has more than 4096 bytes"));

    private static MessageReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static string Text(Framed framed) => Encoding.UTF8.GetString(framed.ShouldBeOfType<Framed.Body>().Json.AsSpan());
}
