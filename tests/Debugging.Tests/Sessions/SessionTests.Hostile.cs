using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Debugging.Sessions;

namespace RbpfSpec.Debugging.Tests.Sessions;

/// <summary>Clients that send what makes no sense: each message gets one response, and nothing breaks.</summary>
public partial class SessionTests
{
    private static readonly string[] AllCommands =
    [
        "initialize", "launch", "attach", "configurationDone", "disconnect", "terminate", "restart", "threads", "setBreakpoints",
        "setFunctionBreakpoints", "setInstructionBreakpoints", "setExceptionBreakpoints", "breakpointLocations", "loadedSources", "source",
        "disassemble", "pause", "stackTrace", "scopes", "variables", "setVariable", "evaluate", "readMemory", "writeMemory",
        "exceptionInfo", "continue", "next", "stepIn", "stepOut", "stepBack", "reverseContinue", "nonsense",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "1", "-1", "65537", "65538", "65552", "131073", "2147483647", "-2147483648", "9223372036854775807", "1e300",
        "\"\"", "\"x\"", "\"r0\"", "\"slot 2\"", "\"0x10000000\"", "\"0x100000000\"", "\"instruction\"", "\"\\ud800\"", "\"repl\"", "[]",
        "[1]", "{}", "[{}]", """[{"line":3}]""", """[{"line":-2147483648}]""", """[{"name":"pick"}]""", """["trap"]""",
        """[{"instructionReference":"slot 3","offset":-2147483648,"condition":"r0"}]""", """{"path":"lines.c"}""",
        """{"sourceReference":2}""", """{"sourceReference":2147483647}""", """{"path":1}""",
    ];

    private static readonly string[] Arguments =
    [
        "threadId", "source", "breakpoints", "filters", "frameId", "variablesReference", "name", "value", "expression", "context",
        "memoryReference", "offset", "count", "start", "data", "instructionOffset", "instructionCount", "granularity", "line", "endLine",
        "startFrame", "levels", "sourceReference", "program", "regions", "budget", "linesStartAt1", "pathFormat", "stopOnEntry",
    ];

    [Fact]
    public void Whatever_is_asked_gets_one_response()
    {
        var prepared = Programs.Lines();

        Prop.ForAll(Conversations.ToArbitrary(), messages =>
        {
            var session = Session.Begin(Programs.Launcher(prepared));
            foreach (var message in Opening.Concat(messages))
            {
                var turn = session.Handle(message);
                turn.Messages.Count(one => one.Text("type") == "response").ShouldBe(1, message);
                session = turn.Session.IsRunning ? turn.Session.Advance(50).Session : turn.Session;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(9669, 17));
    }

    [Fact]
    public void Whatever_bytes_are_sent_get_one_response()
    {
        var session = Session.Begin(Programs.Launcher(Programs.Lines()));

        Prop.ForAll<byte[]>(bytes => session.Handle(bytes).Messages.Count == 1)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(9669, 17));
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("Content-Length: 2\r\n\r\n[]", null, "the message is an array; expected an object")]
    [InlineData("Content-Length: 2\r\n\r\n{", "the input ends 1 bytes before the end of a message of 2", "protocol error: the input ends")]
    [InlineData("nonsense\r\n\r\n", "'nonsense' is no field of a header; expected 'Content-Length: ' and a number", "protocol error")]
    public void A_stream_is_served_to_its_end_or_as_far_as_it_makes_sense(string input, string? problem, string told)
    {
        using MemoryStream sent = new(Encoding.UTF8.GetBytes(input));
        using MemoryStream got = new();

        SessionLoop.Serve(sent, got, Programs.Launcher(Programs.Lines())).ShouldBe(problem);

        Encoding.UTF8.GetString(got.ToArray()).ShouldContain(told);
    }

    private static IEnumerable<string> Opening =>
    [
        """{"seq":1,"type":"request","command":"initialize"}""",
        """{"seq":2,"type":"request","command":"launch","arguments":{"stopOnEntry":true}}""",
        """{"seq":3,"type":"request","command":"configurationDone"}""",
    ];

    private static Gen<string[]> Conversations =>
        (from command in Gen.Elements(AllCommands)
         from arguments in Gen.Elements(Arguments).Zip(Gen.Elements(Values)).ListOf(4)
         let members = string.Join(',', arguments.DistinctBy(one => one.Item1).Select(one => $"\"{one.Item1}\":{one.Item2}"))
         select $$$"""{"seq":4,"type":"request","command":"{{{command}}}","arguments":{{{{members}}}}}""").ArrayOf(12);
}
