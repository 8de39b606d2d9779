using System.Text;
using System.Text.Json;
using RbpfSpec.Debugging.Protocol;

namespace RbpfSpec.Debugging.Tests.Protocol;

public class RequestTests
{
    [Fact]
    public void A_request_has_a_number_a_command_and_arguments()
    {
        var request = Read("""{"seq":7,"type":"request","command":"next","arguments":{"threadId":1}}""").Request.ShouldNotBeNull();

        request.Sequence.ShouldBe(7);
        request.Command.ShouldBe("next");
        new RequestArguments(request.Arguments).Number("threadId").ShouldBe(1);
    }

    [Theory]
    [InlineData("null", "the message is null; expected an object", 0, "")]
    [InlineData("[]", "the message is an array; expected an object", 0, "")]
    [InlineData("{}", "'seq' is no whole number; expected that of the message", 0, "")]
    [InlineData("""{"seq":1.5,"type":"request","command":"x"}""", "'seq' is no whole number; expected that of the message", 0, "x")]
    [InlineData("""{"seq":1,"type":"request"}""", "'command' is no text; expected one such as \"initialize\"", 1, "")]
    [InlineData("""{"seq":1,"command":"x"}""", "'type' is not \"request\"; a client sends nothing else here", 1, "x")]
    [InlineData("""{"seq":1,"type":"event","command":"x"}""", "'type' is not \"request\"; a client sends nothing else here", 1, "x")]
    [InlineData("""{"seq":1,"type":"request","command":"x","arguments":[]}""", "'arguments' is an array; expected an object", 1, "x")]
    [InlineData("""{"seq":1,"type":"request","command":"\ud800"}""", "'command' is no valid Unicode text", 1, "")]
    public void What_is_no_request_says_why(string json, string problem, long sequence, string command)
    {
        var read = Read(json);

        read.Request.ShouldBeNull();
        read.Problem.ShouldBe(problem);
        read.Sequence.ShouldBe(sequence);
        read.Command.ShouldBe(command);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("\u0001")]
    public void What_is_no_JSON_says_so(string json) => Read(json).Problem.ShouldStartWith("the message is no JSON: ");

    [Fact]
    public void JSON_that_is_too_deep_is_none() =>
        Read(new string('[', 100_000)).Problem.ShouldStartWith("the message is no JSON: ");

    [Theory]
    [InlineData("""{"n":"x"}""", "'n' is a text; expected a whole number")]
    [InlineData("""{"n":1e99}""", "'n' is no whole number of 64 bits")]
    [InlineData("""{"n":101}""", "'n' is 101; expected 0 to 100")]
    [InlineData("{}", "'n' is missing")]
    [InlineData("""{"n":null}""", "'n' is missing")]
    public void An_argument_that_makes_no_sense_is_the_problem(string json, string problem)
    {
        var arguments = new RequestArguments(JsonDocument.Parse(json).RootElement);

        arguments.RequiredNumber("n", 0, 100).ShouldBe(0);
        arguments.RequiredText("later");
        arguments.Problem.ShouldBe(problem);
    }

    [Fact]
    public void A_problem_of_an_argument_within_others_says_where()
    {
        var arguments = new RequestArguments(JsonDocument.Parse("""{"a":[{"b":1},{"b":true}],"c":[1]}""").RootElement);

        arguments.Objects("a").Map(one => one.RequiredNumber("b")).ShouldBe([1, 0]);
        arguments.Problem.ShouldBe("'a[1].b' is a truth value; expected a whole number");
        var others = new RequestArguments(JsonDocument.Parse("""{"c":[1]}""").RootElement);
        others.Texts("c").ShouldBeEmpty();
        others.Problem.ShouldBe("'c' has a number in it; expected texts");
    }

    private static (Request? Request, string Problem, long Sequence, string Command) Read(string json)
    {
        var request = Request.Read(Encoding.UTF8.GetBytes(json), out var problem, out var sequence, out var command);
        return (request, problem, sequence, command);
    }
}
