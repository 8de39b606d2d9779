using System.Text.Json.Nodes;
using RbpfSpec.Debugging.Sessions;

namespace RbpfSpec.Debugging.Tests.Sessions;

/// <summary>A session, by the messages of a client: how it begins, what it refuses, and how it ends.</summary>
public partial class SessionTests
{
    [Fact]
    public void A_session_begins_with_what_it_can_do()
    {
        var body = new Client(Programs.Launcher(Programs.Lines())).Ask("initialize", new() { ["adapterID"] = "x" });

        foreach (var capability in (string[])["supportsStepBack", "supportsInstructionBreakpoints", "supportsReadMemoryRequest"])
            body[capability]!.GetValue<bool>().ShouldBeTrue();
        body["exceptionBreakpointFilters"]!.AsArray().Select(filter => filter!.AsObject().Text("filter")).ShouldBe(["trap", "exit"]);
    }

    [Fact]
    public void A_launched_program_stops_at_its_entry_or_runs_to_its_end()
    {
        Client.AtEntry(Programs.Assembled(Programs.Loop)).Slot().ShouldBe(0);

        Client client = new(Programs.Launcher(Programs.Assembled(Programs.Loop)));
        client.Ask("initialize");
        client.Ask("launch", new() { ["program"] = "x" });
        client.Next("initialized");
        client.Ask("configurationDone");
        client.Session.IsRunning.ShouldBeTrue();
        client.Finish().ShouldEndWith("terminated");
    }

    [Fact]
    public void The_end_is_told_with_its_result()
    {
        var client = Client.AtEntry(Programs.Assembled("mov %r0, 7\nexit\n"));

        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldBe(
            """output {"category":"console","output":"r0 = 0x7 (7)\n"}, exited {"exitCode":0}, terminated""");
        client.Refused("stackTrace", new() { ["threadId"] = 1 }).ShouldBe("the program has ended; expected 'restart' or 'disconnect'");
    }

    [Fact]
    public void A_restart_begins_again()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        client.BreakAt(4);
        client.Go("continue");
        client.Ask("setInstructionBreakpoints");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish();

        client.Ask("restart");

        client.Stop().Text("reason").ShouldBe("entry");
        client.Slot().ShouldBe(0);
    }

    [Fact]
    public void A_program_that_cannot_run_is_refused_with_the_reason()
    {
        Client client = new(_ => new LaunchResult.Refused(["x: one", "x: two"]));
        client.Ask("initialize");

        client.Refused("launch").ShouldBe("x: one\nx: two");
        client.Refused("stackTrace", new() { ["threadId"] = 1 }).ShouldBe("'stackTrace' needs a program; expected 'launch' before");
    }

    [Fact]
    public void The_arguments_of_launch_reach_the_launcher()
    {
        Launch? seen = null;
        Client client = new(launch =>
        {
            seen = launch;
            return new LaunchResult.Refused(["no"]);
        });
        client.Ask("initialize");
        client.Refused("launch", new()
        {
            ["program"] = "p",
            ["context"] = "00",
            ["contextFile"] = "c",
            ["regions"] = new JsonArray("a:1:r", "b:2:w"),
            ["profile"] = "q",
            ["section"] = "s",
            ["function"] = "f",
            ["format"] = "elf",
            ["helpers"] = "none",
            ["budget"] = 1,
            ["instructions"] = 2,
            ["now"] = 3,
            ["cwd"] = "/d",
            ["noDebug"] = false,
            ["__sessionId"] = "x",
        });

        seen.ShouldBe(new Launch
        {
            Program = "p",
            Context = "00",
            ContextFile = "c",
            Regions = ["a:1:r", "b:2:w"],
            Profile = "q",
            Section = "s",
            Function = "f",
            Format = "elf",
            Helpers = "none",
            Budget = 1,
            Instructions = 2,
            Now = 3,
            Folder = "/d",
        });
        client.Refused("launch", new() { ["budget"] = -1 }).ShouldBe("'budget' is -1; expected at least 0");
        client.Refused("launch", new() { ["stopOnEntry"] = "yes" }).ShouldBe("'stopOnEntry' is a text; expected true or false");
    }

    [Fact]
    public void What_comes_at_the_wrong_time_is_refused()
    {
        Client client = new(Programs.Launcher(Programs.Assembled(Programs.Endless)));
        client.Refused("threads").ShouldBe("'threads' comes before 'initialize'");
        client.Ask("initialize");
        client.Refused("initialize").ShouldBe("the session is initialized already");
        client.Refused("attach").ShouldBe("there is no running program to attach to; expected 'launch'");
        client.Refused("configurationDone").ShouldBe("'configurationDone' needs a program; expected 'launch' before");
        client.Refused("dance").ShouldBe("there is no command 'dance'");
        client.Ask("launch");
        client.Refused("launch").ShouldBe("a program is launched already");
        client.Refused("next").ShouldBe("the program does not run yet; expected 'configurationDone'");
        client.Refused("exceptionInfo").ShouldBe("the program does not run yet; expected 'configurationDone'");
        client.Ask("configurationDone");
        client.Refused("configurationDone").ShouldBe("the configuration is done already");
        client.Refused("scopes").ShouldBe("the program runs; expected 'pause' before 'scopes'");
        client.Refused("dance").ShouldBe("there is no command 'dance'");
    }

    [Fact]
    public void A_program_without_end_can_be_paused_and_left()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Endless));
        client.Refused("pause").ShouldBe("the program does not run");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Session.Advance(5_000).Messages.ShouldBeEmpty();

        client.Ask("pause", new() { ["threadId"] = 1 });
        client.Stop().Text("reason").ShouldBe("pause");
        client.Ask("terminate");
        client.Next("terminated");
        client.Session.IsOver.ShouldBeFalse();
        client.Ask("disconnect");
        client.Session.IsOver.ShouldBeTrue();
    }

    [Fact]
    public void Messages_are_numbered_and_a_malformed_one_gets_the_words_and_changes_nothing()
    {
        var session = Session.Begin(Programs.Launcher(Programs.Lines()));

        var turn = session.Handle("nonsense");

        var response = turn.Messages.ShouldHaveSingleItem();
        response["seq"]!.GetValue<long>().ShouldBe(1);
        response["success"]!.GetValue<bool>().ShouldBeFalse();
        response.Text("message").ShouldStartWith("the message is no JSON: ");
        response["body"]!["error"]!["variables"]!["problem"]!.GetValue<string>().ShouldBe(response.Text("message"));
        turn.Session.Handle("""{"seq":1,"type":"request","command":"initialize"}""").Messages[0]["seq"]!.GetValue<long>().ShouldBe(2);
        turn.Session.IsOver.ShouldBeFalse();
    }

    [Fact]
    public void Input_that_cannot_be_read_any_more_ends_the_session()
    {
        var turn = Session.Begin(Programs.Launcher(Programs.Lines())).Break("no length");

        turn.Messages.Map(message => message.Text("event")).ShouldBe(["output", "terminated"]);
        turn.Messages[0]["body"]!["output"]!.GetValue<string>().ShouldBe("protocol error: no length\n");
        turn.Session.IsOver.ShouldBeTrue();
    }
}
