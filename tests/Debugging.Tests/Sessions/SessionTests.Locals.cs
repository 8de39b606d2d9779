using System.Text.Json.Nodes;

namespace RbpfSpec.Debugging.Tests.Sessions;

public partial class SessionTests
{
    // A request of length 3 and sum 5, whose next point is its own.
    private const string Wanted =
        "0300000005000000feff61626300010203000000ffffffff8d000000000000000800002000000000ffffffffffffffff7801000001020304";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Variables_of_C_are_told_with_their_types(int version)
    {
        var client = AtVariables(version);
        client.Ask("setFunctionBreakpoints", Breakpoints(new JsonObject { ["name"] = "fill" }));
        client.Go("continue");
        client.BreakAt(46);
        client.Go("continue");

        Locals(client).ShouldBe(["out: int * = 0x100001e8", "n: int = <optimised away>", "i: int = 0"]);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_structure_has_its_members_and_a_pointer_what_it_leads_to(int version)
    {
        var client = AtVariables(version);
        client.Go("stepIn", "instruction");

        Parts(client, client.Ask("evaluate", new() { ["expression"] = "request" })).ShouldBe(
        [
            "length: u32 = 3",
            "sum: int = 5",
            "at: struct point = {x = -2, tag = {97 'a', 98 'b', 99 'c'}}",
            "pad: u8[3] = {1, 2, 3}",
            "color: enum color = BLUE (-1)",
            "low: unsigned int = 5",
            "high: unsigned int = 17",
            "next: struct point * = 0x20000008",
            "wide: long long = -1",
            "letter: char = 120 'x'",
            "odd: _Bool = true",
            "number: int = 67305985",
            "bytes: u8[4] = {1, 2, 3, 4}",
        ]);
    }

    [Fact]
    public void Expressions_name_variables_and_parts_of_them()
    {
        var client = AtVariables(5);
        client.Go("stepIn", "instruction");

        client.Value("request->length + 1").ShouldBe("4");
        client.Value("request->at.tag[request->length - 2]").ShouldBe("98 'b'");
        client.Value("*request->next").ShouldBe("{x = -2, tag = {97 'a', 98 'b', 99 'c'}}");
        client.Value("(*request).color < 0").ShouldBe("0");
        client.Value("request->color == -1 && request->at.x == -2").ShouldBe("1");
        client.Value("request->bytes[3] * 2").ShouldBe("8");
        client.Value("request").ShouldBe("0x20000000");
        client.Value("r7").ShouldBe("0x20000000 (536870912)");
        client.Refused("evaluate", new() { ["expression"] = "request->tag[0]" })
            .ShouldBe("there is no member 'tag' in 'struct request *'");
        client.Refused("evaluate", new() { ["expression"] = "request->at.tag[3]" }).ShouldBe("there is no element 3; expected 0 to 2");
        client.Refused("evaluate", new() { ["expression"] = "*request->sum" }).ShouldBe("'*' goes with a pointer, not with 'int'");
        client.Refused("evaluate", new() { ["expression"] = "request->at + 1" }).ShouldStartWith("'struct point', which is {x = -2, ");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void What_lies_on_the_stack_is_found_there_also_of_a_caller(int version)
    {
        var client = AtVariables(version);
        client.Ask("setFunctionBreakpoints", Breakpoints(new JsonObject { ["name"] = "fill" }));
        client.Go("continue");
        client.Go("stepOut", "instruction");

        client.Value("table[1]").ShouldBe("-1");
        client.Value("table[2]").ShouldBe("-2");

        client.Go("reverseContinue");
        client.Ask("evaluate", new() { ["expression"] = "request->length", ["frameId"] = 2 }).Text("result").ShouldBe("3");
        client.Refused("evaluate", new() { ["expression"] = "table[0]" }).ShouldStartWith("there is no 'table'");
    }

    [Fact]
    public void A_breakpoint_has_conditions_on_variables()
    {
        var client = AtVariables(5);
        client.Ask("setInstructionBreakpoints", Breakpoints(
            new JsonObject { ["instructionReference"] = "slot 16", ["condition"] = "i == 2 && request->length == 3" }));

        client.Go("continue");

        client.Value("i").ShouldBe("2");
    }

    [Fact]
    public void A_breakpoint_stops_at_the_hits_that_are_asked_for_and_backwards_at_the_same()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        client.Ask("setInstructionBreakpoints", Breakpoints(
            new JsonObject { ["instructionReference"] = "slot 2", ["hitCondition"] = "% 10" }));

        List<string> seen = [];
        foreach (var way in (string[])["continue", "continue", "continue", "reverseContinue", "continue", "continue"])
        {
            client.Go(way);
            seen.Add(client.Value("r0"));
        }

        seen.ShouldBe(["0x12 (18)", "0x26 (38)", "0x3a (58)", "0x26 (38)", "0x3a (58)", "0x4e (78)"]);
    }

    [Fact]
    public void A_log_point_tells_and_does_not_stop_and_tells_once()
    {
        var client = AtVariables(5);
        client.Ask("setInstructionBreakpoints", Breakpoints(
            new JsonObject { ["instructionReference"] = "slot 16", ["logMessage"] = "round {i}: {request->at.tag}, {1 / i}" },
            new JsonObject { ["instructionReference"] = "slot 34" }));

        Told(client, "continue").ShouldBe([.. Enumerable.Range(0, 3).Select(i => $"round {i}: {{97 'a', 98 'b', 99 'c'}}, "
            + $"{(i == 0 ? "<the divisor is 0>" : 1 / i)}\n")]);
        Told(client, "reverseContinue").ShouldBeEmpty();
        Told(client, "continue").ShouldBeEmpty();
    }

    [Fact]
    public void Without_debug_information_there_are_no_variables() =>
        Client.AtEntry(Programs.Lines()).Ask("scopes", new() { ["frameId"] = 1 })["scopes"]!.AsArray()
            .ShouldNotContain(scope => scope!.AsObject().Text("name") == "Locals");

    private static Client AtVariables(int version)
    {
        var (program, variables) = Programs.WithVariables(version, Wanted);
        return Client.AtEntry(program, null, variables);
    }

    private static JsonObject Breakpoints(params JsonObject[] all) => new() { ["breakpoints"] = new JsonArray([.. all]) };

    private static List<string> Told(Client client, string way)
    {
        client.Received.Clear();
        client.Ask(way, new() { ["threadId"] = 1 });
        while (client.Session.IsRunning) client.Advance();
        return [.. client.Received.Where(message => message.Text("event") == "output")
            .Select(message => message["body"]!.AsObject().Text("output"))];
    }

    private static List<string> Locals(Client client)
    {
        var scope = client.Ask("scopes", new() { ["frameId"] = 1 })["scopes"]![0]!.AsObject();
        scope.Text("name").ShouldBe("Locals");
        return Parts(client, scope);
    }

    private static List<string> Parts(Client client, JsonObject of) =>
    [
        .. client.Ask("variables", new() { ["variablesReference"] = of["variablesReference"]!.GetValue<int>() })["variables"]!.AsArray()
            .Select(one => one!.AsObject())
            .Select(one => $"{one.Text("name")}: {one.Text("type")} = {one.Text("value")}"),
    ];
}
