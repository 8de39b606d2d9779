using System.Text.Json.Nodes;

namespace RbpfSpec.Debugging.Tests.Sessions;

/// <summary>Breakpoints that make no sense, and why.</summary>
public partial class SessionTests
{
    private const string NoName = "expected r0 to r10, pc, a region, or memory such as u32[r1 + 4]";
    private const string NoOperand = "it ends too early; expected an operand such as r1, 42 or u32[r1 + 4]";
    private const string NoHits = "expected a number from 1 such as 3, or one after ==, >=, >, <, <= or %";

    // Each way to say where a breakpoint is: all lead to slot 9, the begin of the function 'pick'.
    public static readonly TheoryData<string> Places = ["setBreakpoints", "setInstructionBreakpoints", "setFunctionBreakpoints"];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_breakpoint_whose_terms_make_no_sense_says_what_would_be_right_and_never_stops(string command)
    {
        (string Term, string Text, string Problem)[] wrong =
        [
            ("condition", "r2 ==", $"condition 'r2 ==' makes no sense: {NoOperand}"),
            ("condition", "r11 == 1", $"condition 'r11 == 1' makes no sense: there is no 'r11'; {NoName}"),
            ("condition", "r1 = 1", "condition 'r1 = 1' makes no sense: '= 1' is left over; expected an operator before it, or the end"),
            ("hitCondition", "often", $"hitCondition 'often' counts no hits; {NoHits}"),
            ("hitCondition", "0", $"hitCondition '0' stops at no hit, as the first is 1; {NoHits}"),
            ("logMessage", "r0 is {r0", "logMessage: '{' has no '}' behind it; expected an expression in braces, such as {r0}"),
            ("logMessage", "{r0} and {}", $"logMessage: {{}} makes no sense: {NoOperand}"),
            ("logMessage", "{none}", $"logMessage: {{none}} makes no sense: there is no 'none'; {NoName}"),
        ];
        var client = Client.AtEntry(Programs.Lines());

        var told = Set(client, command, [.. wrong.Select(static one => new JsonObject { [one.Term] = one.Text })]);

        told.Select(static one => one.Text("message")).ShouldBe(wrong.Select(static one => one.Problem));
        told.ShouldAllBe(static one => !one["verified"]!.GetValue<bool>());
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldStartWith("stopped {\"reason\":\"exception\",\"description\":\"Trap MemoryAccess\"");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_condition_without_a_value_in_some_states_stops_there_and_says_why(string command)
    {
        var client = Client.AtEntry(Programs.Lines());
        Set(client, command, new JsonObject { ["condition"] = "1 / (r0 - r0)" }).ShouldHaveSingleItem()
            ["verified"]!.GetValue<bool>().ShouldBeTrue();
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Received.Clear();
        var stopped = client.Advanced();

        stopped.Single(static one => one.Text("event") == "output")["body"]!["output"]!.GetValue<string>()
            .ShouldBe("breakpoint 1 stops, as its condition '1 / (r0 - r0)' has no value here: the divisor is 0\n");
        client.Slot().ShouldBe(9);
    }

    [Fact]
    public void A_name_stops_at_the_instructions_that_know_it()
    {
        var client = AtVariables(5);
        string[] problems = [.. new[] { 0, 16 }.Select(slot => client.Ask("setInstructionBreakpoints", Breakpoints(
                new JsonObject { ["instructionReference"] = $"slot {slot}", ["condition"] = "i == 2 && request->at.tag[9 - i] > 0" }))
            ["breakpoints"]![0]!.AsObject().Text("message"))];

        problems.ShouldBe([$"condition 'i == 2 && request->at.tag[9 - i] > 0' makes no sense: there is no 'i'; {NoName}", ""]);
    }

    // Memory at 0 has no value here, and may be an index where the message is told; a structure is none anywhere.
    [Theory]
    [InlineData("logMessage", "{request[u8[r0 - r0]]}", "")]
    [InlineData("logMessage", "{request[1 / (r0 - r0)].at}", "")]
    [InlineData("condition", "request[u8[r0 - r0]].length == 1", "")]
    [InlineData("logMessage", "{request[u8[r0 - r0]] + 1}", "logMessage: {request[u8[r0 - r0]] + 1} makes no sense: 'struct request', ")]
    [InlineData("condition", "request[u8[r0 - r0]]", "condition 'request[u8[r0 - r0]]' makes no sense: 'struct request', ")]
    public void Parts_of_variables_make_sense_whatever_memory_holds_now(string term, string text, string problem)
    {
        var told = AtVariables(5).Ask("setInstructionBreakpoints", Breakpoints(
            new JsonObject { ["instructionReference"] = "slot 16", [term] = text }))["breakpoints"]![0]!.AsObject().Text("message");

        told[..Math.Min(told.Length, problem.Length)].ShouldBe(problem);
        (told == "").ShouldBe(problem == "");
    }

    [Fact]
    public void Members_that_a_type_does_not_have_make_no_sense()
    {
        var client = AtVariables(5);
        client.Ask("setInstructionBreakpoints", Breakpoints(
                new JsonObject { ["instructionReference"] = "slot 16", ["condition"] = "request->nothing == 2" }))
            ["breakpoints"]![0]!.AsObject().Text("message").ShouldStartWith(
                "condition 'request->nothing == 2' makes no sense: there is no member 'nothing' in ");
    }

    [Fact]
    public void Conditions_of_traps_and_ends_are_refused()
    {
        var client = Client.AtEntry(Programs.Lines());
        var told = client.Ask("setExceptionBreakpoints", new()
        {
            ["filters"] = new JsonArray("exit"),
            ["filterOptions"] = new JsonArray(
                new JsonObject { ["filterId"] = "trap" },
                new JsonObject { ["filterId"] = "trap", ["condition"] = "r0 == 1" },
                new JsonObject { ["filterId"] = "signal" }),
        })["breakpoints"]!.AsArray();

        told.Select(static one => one!.AsObject().Text("message")).ShouldBe(
        [
            "", "", "'trap' takes no condition; expected none, or a breakpoint with the condition at the instruction",
            "there is no filter 'signal'; expected trap or exit",
        ]);
        told.Select(static one => one!["verified"]!.GetValue<bool>()).ShouldBe([true, true, false, false]);
    }

    private static List<JsonObject> Set(Client client, string command, params JsonObject[] terms)
    {
        foreach (var one in terms)
        {
            one["line"] = 10;
            one["instructionReference"] = "slot 9";
            one["name"] = "pick";
        }

        JsonObject arguments = Breakpoints(terms);
        arguments["source"] = new JsonObject { ["sourceReference"] = 1 };
        return [.. client.Ask(command, arguments)["breakpoints"]!.AsArray().Select(static one => one!.AsObject())];
    }
}
