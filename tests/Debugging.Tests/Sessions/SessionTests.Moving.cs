using System.Text.Json.Nodes;

namespace RbpfSpec.Debugging.Tests.Sessions;

/// <summary>Stops and steps, forwards and backwards.</summary>
public partial class SessionTests
{
    [Fact]
    public void Steps_by_instruction_go_into_calls_over_them_and_out_of_them()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Calls));

        Slots(client, "stepIn", 4).ShouldBe([1, 2, 5, 6]);
        Slots(client, "next", 1).ShouldBe([7]);
        Slots(client, "stepBack", 1).ShouldBe([6]);
        Slots(client, "stepIn", 1).ShouldBe([9]);
        Slots(client, "stepOut", 2).ShouldBe([7, 3]);
        client.Value("r0").ShouldBe("0x29 (41)");
        Slots(client, "stepBack", 3).ShouldBe([2, 1, 0]);
        client.Go("stepBack", "instruction").Text("description").ShouldBe("Stopped at the start of the run");
    }

    [Fact]
    public void A_step_over_a_call_stops_at_a_breakpoint_in_it()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Calls));
        client.BreakAt(9);
        Slots(client, "next", 3).ShouldBe([1, 2, 9]);
        client.Ask("stackTrace", new() { ["threadId"] = 1 })["totalFrames"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public void Lines_are_stepped_through_forwards_and_backwards()
    {
        var client = Client.AtEntry(Programs.Lines());

        client.Stack().ShouldBe("entry:6");
        Stacks(client, "next", 1).ShouldBe(["entry:7"]);
        Stacks(client, "stepIn", 1).ShouldBe(["pick:3 entry:7"]);
        Stacks(client, "stepOut", 1).ShouldBe(["entry:7"]);
        Stacks(client, "stepIn", 1).ShouldBe(["pick:3 entry:7"]);
        client.Slot().ShouldBe(9);
        client.Value("r2").ShouldBe("1");

        // The caller's line was entered at its begin, and left by a call in its middle.
        Stacks(client, "stepBack", 1).ShouldBe(["entry:7"]);
        client.Slot().ShouldBe(1);
        Stacks(client, "stepBack", 1).ShouldBe(["entry:6"]);
        client.Slot().ShouldBe(0);
    }

    [Fact]
    public void Going_back_within_a_line_leads_to_its_begin_and_from_there_to_the_line_before()
    {
        var client = Client.AtEntry(Programs.Lines());
        Stacks(client, "next", 1).ShouldBe(["entry:7"]);
        Stacks(client, "stepIn", 1).ShouldBe(["pick:3 entry:7"]);
        Slots(client, "next", 3).ShouldBe([10, 12, 13]);

        client.Go("stepBack");
        client.Slot().ShouldBe(9);
        client.Go("stepBack");
        client.Slot().ShouldBe(1);
    }

    [Fact]
    public void Breakpoints_at_lines_stop_forwards_and_backwards()
    {
        var client = Client.Of(Programs.Lines());
        client.Break(new() { ["path"] = "/somewhere/lines.c" }, 1, 7, 8)
            .ShouldBe("3 7 no instruction comes from this line, or from one after it");
        client.Break(new() { ["path"] = "/somewhere/other.c" }, 1)
            .ShouldBe("no instruction comes from this file; those of the program are from ./lines.c");
        client.Ask("configurationDone");
        client.Stop();

        client.Go("continue")["hitBreakpointIds"]!.AsArray().Count.ShouldBe(1);
        client.Stack().ShouldBe("entry:7");
        client.Go("continue");
        client.Stack().ShouldBe("pick:3 entry:7");
        client.Go("continue");
        client.Value("r2").ShouldBe("1");
        client.Go("reverseContinue").Text("reason").ShouldBe("breakpoint");
        client.Value("r2").ShouldBe("0");
        client.Go("reverseContinue");
        client.Slot().ShouldBe(1);
        client.Go("reverseContinue").Text("reason").ShouldBe("entry");
        client.Slot().ShouldBe(0);
    }

    [Fact]
    public void Breakpoints_set_before_the_launch_are_resolved_by_it()
    {
        Client client = new(Programs.Launcher(Programs.Lines()));
        client.Ask("initialize", new() { ["linesStartAt1"] = false });
        client.Break(new() { ["path"] = "lines.c" }, 2).ShouldBe("no program is launched yet");

        client.Ask("launch");

        var changed = client.Next("breakpoint")["breakpoint"]!.AsObject();
        changed["verified"]!.GetValue<bool>().ShouldBeTrue();
        changed["line"]!.GetValue<int>().ShouldBe(2);
        client.Ask("configurationDone");
        client.Stop().Text("reason").ShouldBe("breakpoint");
        client.Stack().ShouldBe("pick:2 entry:6");
    }

    [Fact]
    public void Breakpoints_at_functions_instructions_and_lines_of_the_listing_stop()
    {
        var client = Client.AtEntry(Programs.Lines());
        client.Ask("setFunctionBreakpoints", new()
        {
            ["breakpoints"] = new JsonArray(new JsonObject { ["name"] = "pick" }, new JsonObject { ["name"] = "nowhere" }),
        })["breakpoints"]!.AsArray().Select(one => one!["verified"]!.GetValue<bool>()).ShouldBe([true, false]);
        client.Go("continue");
        client.Slot().ShouldBe(9);

        client.Ask("setFunctionBreakpoints", new() { ["breakpoints"] = new JsonArray() });
        client.BreakAt(12, 99);
        client.Go("continue");
        client.Slot().ShouldBe(12);

        client.BreakAt();
        client.Break(new() { ["sourceReference"] = 1 }, 4, 100).ShouldBe("4 the listing has 17 lines");
        client.Go("continue");
        client.Slot().ShouldBe(3);
    }

    [Fact]
    public void A_condition_stops_where_it_holds_or_cannot_be_evaluated()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        Conditional(client, "r0 == 1998");
        client.Go("continue");
        client.Value("r0").ShouldBe("0x7ce (1998)");

        Conditional(client, "1 / (r1 - 1)");
        client.Go("continue").Text("reason").ShouldBe("breakpoint");
        client.Value("r0").ShouldBe("0x7d0 (2000)");

        Conditional(client, "r0 == 10");
        client.Go("reverseContinue").Text("reason").ShouldBe("breakpoint");
        client.Value("[r10 - 8]").ShouldBe("8");
    }

    [Fact]
    public void A_thousand_steps_back_come_to_where_a_thousand_steps_forward_began()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        client.BreakAt(3);
        for (var i = 0; i < 300; i++) client.Go("continue");
        client.BreakAt();
        var (slot, counted) = (client.Slot(), client.Value("r1"));

        for (var i = 0; i < 1000; i++) client.Go("stepIn", "instruction");
        client.Value("r1").ShouldNotBe(counted);
        for (var i = 0; i < 1000; i++) client.Go("stepBack", "instruction");

        client.Slot().ShouldBe(slot);
        client.Value("r1").ShouldBe(counted);
    }

    [Fact]
    public void A_trap_stops_with_its_words_and_can_be_undone()
    {
        var client = Client.AtEntry(Programs.Lines());

        var stop = client.Go("continue");

        stop.Text("reason").ShouldBe("exception");
        stop.Text("description").ShouldBe("Trap MemoryAccess");
        stop.Text("text").ShouldStartWith("load of 4 bytes at 0x20000008 = r1 (0x20000008); ends 4 bytes past the end of context");
        var info = client.Ask("exceptionInfo", new() { ["threadId"] = 1 });
        info.Text("exceptionId").ShouldBe("MemoryAccess");
        info["details"]!["message"]!.GetValue<string>().ShouldEndWith("lines.c:3: return p[at + 1];");
        Slots(client, "stepBack", 1).ShouldBe([15]);
        client.Refused("exceptionInfo", new() { ["threadId"] = 1 }).ShouldBe("the program has not stopped at a trap");

        Slots(client, "stepIn", 1).ShouldBe([16]);
        client.Ask("evaluate", new() { ["expression"] = "r1 = context", ["context"] = "repl" })
            .Text("result").ShouldStartWith("0x20000000");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldBe("""output {"category":"console","output":"r0 = 0x3 (3)\n"}, exited {"exitCode":0}, terminated""");
    }

    [Fact]
    public void Who_goes_on_from_a_trap_or_wants_none_gets_the_end()
    {
        var client = Client.AtEntry(Programs.Assembled("mod %r0, 0\nexit\n"));
        client.Ask("setExceptionBreakpoints", new() { ["filters"] = new JsonArray("exit") });
        client.Go("continue").Text("text").ShouldBe("r0 = 0x0 (0)");
        client.Ask("exceptionInfo", new() { ["threadId"] = 1 }).Text("exceptionId").ShouldBe("exit");
        Slots(client, "stepBack", 1).ShouldBe([0]);
        client.Go("continue").Text("description").ShouldBe("End of the program");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldEndWith("""exited {"exitCode":0}, terminated""");

        client = Client.AtEntry(Programs.Lines());
        client.Ask("setExceptionBreakpoints", new() { ["filters"] = new JsonArray() });
        client.Refused("setExceptionBreakpoints", new() { ["filters"] = new JsonArray("all") })
            .ShouldBe("'filters' has 'all' in it; expected trap and exit");
        client.Ask("continue", new() { ["threadId"] = 1 });
        var end = client.Finish();
        end.ShouldStartWith("""output {"category":"stderr","output":"trap MemoryAccess at slot 16: load of 4 bytes""");
        end.ShouldContain("lines.c:3: return p[at \\u002B 1];");
        end.ShouldEndWith("""exited {"exitCode":1}, terminated""");
    }

    [Fact]
    public void What_the_program_prints_is_shown_once()
    {
        var client = Client.AtEntry(Programs.Assembled("""
            mov %r1, %r10
            sub %r1, 8
            stdw [%r1], 0x0a6968
            mov %r2, 0
            call 1
            mov %r0, 0
            exit
            """));
        client.BreakAt(5);
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldContain("""output {"category":"stdout","output":"hi\n"}""");

        client.Go("reverseContinue").Text("reason").ShouldBe("entry");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldNotContain("output");
    }

    private static int[] Slots(Client client, string command, int times) => [.. Enumerable.Range(0, times).Select(_ =>
    {
        client.Go(command, "instruction");
        return client.Slot();
    })];

    private static string[] Stacks(Client client, string command, int times) => [.. Enumerable.Range(0, times).Select(_ =>
    {
        client.Go(command);
        return client.Stack();
    })];

    private static void Conditional(Client client, string condition) => client.Ask("setInstructionBreakpoints", new()
    {
        ["breakpoints"] = new JsonArray(new JsonObject { ["instructionReference"] = "slot 3", ["condition"] = condition }),
    });
}
