using System.Text.Json.Nodes;

namespace RbpfSpec.Debugging.Tests.Sessions;

/// <summary>A program that stands, as a client sees it and changes it.</summary>
public partial class SessionTests
{
    [Fact]
    public void A_frame_of_each_call_has_its_line_and_its_registers()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Calls));
        client.BreakAt(9);
        client.Go("continue");

        var frames = client.Ask("stackTrace", new() { ["threadId"] = 1, ["startFrame"] = 1, ["levels"] = 5 });

        frames["totalFrames"]!.GetValue<int>().ShouldBe(3);
        frames["stackFrames"]!.AsArray().Select(frame => frame!.AsObject().Text("instructionPointerReference"))
            .ShouldBe(["0x100000030", "0x100000010"]);
        frames["stackFrames"]!.AsArray().Select(frame => $"{frame!["source"]!["name"]}:{frame["line"]}").ShouldBe(["x.s:8", "x.s:3"]);
        Names(client, Scopes(client, 1)[0]).ShouldBe("pc r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10");
        Names(client, Scopes(client, 2)[0]).ShouldBe("pc r6 r7 r8 r9 r10");
        Scopes(client, 2).Length.ShouldBe(1);
        ((IEnumerable<int>)[1, 2, 3]).Select(frame => Of(client, "r6", frame)).ShouldBe(["7", "7", "5"]);
        client.Refused("evaluate", new() { ["expression"] = "r1", ["frameId"] = 3 })
            .ShouldBe("r1 of a caller is not kept; expected r6 to r10 there, or another frame");
        client.Refused("scopes", new() { ["frameId"] = 4 }).ShouldBe("there is no such frame");
    }

    [Fact]
    public void A_source_that_is_a_file_has_its_path_and_another_its_text()
    {
        var client = Client.AtEntry(Programs.Lines(), static _ => Programs.LinesSource);
        Frame(client)["source"]!["path"]!.GetValue<string>().ShouldBe(Programs.LinesSource);
        Frame(client)["source"]!["sourceReference"].ShouldBeNull();
        client.Break(new() { ["path"] = Programs.LinesSource }, 7).ShouldBe("7");

        client = Client.AtEntry(Programs.Lines());
        var reference = Frame(client)["source"]!["sourceReference"]!.GetValue<int>();
        client.Ask("source", new() { ["sourceReference"] = reference }).Text("content").Split('\n')[2].ShouldBe("  return p[at + 1];");
        client.Ask("source", new() { ["source"] = new JsonObject { ["sourceReference"] = 1 } }).Text("content")
            .ShouldStartWith("    0  mov %r6, %r1 ");
        client.Break(new() { ["sourceReference"] = reference }, 7).ShouldBe("7");
        client.Refused("source", new() { ["sourceReference"] = 9 }).ShouldBe("there is no source with the number 9");
        client.Ask("loadedSources")["sources"]!.AsArray().Count.ShouldBe(2);
        client.Ask("breakpointLocations", new() { ["source"] = new JsonObject { ["path"] = "lines.c" }, ["line"] = 1, ["endLine"] = 6 })
            ["breakpoints"]!.AsArray().Select(one => one!["line"]!.GetValue<int>()).ShouldBe([3, 6]);
    }

    [Fact]
    public void Scopes_show_registers_regions_stores_and_what_is_left()
    {
        var client = Client.AtEntry(Programs.Assembled(
            """
            mov %r1, 3
            mov %r2, 9
            call 18
            mov %r0, 0
            exit
            """, "68692100"));
        var scopes = Scopes(client, 1);
        Text(client, scopes[0])["r1"].ShouldBe("0x20000000 (536870912) in context");
        Text(client, scopes[1])["stack"].ShouldBe("stack 0x10000000+512 rw");
        Text(client, scopes[1])["context"].ShouldBe("context 0x20000000+4 rw");
        Text(client, scopes[1]).Count.ShouldBe(2);
        Text(client, scopes[3])["branches"].ShouldBe("unlimited");

        var context = Ask(client, scopes[1])[1];
        context["memoryReference"]!.GetValue<string>().ShouldBe("0x20000000");
        context["indexedVariables"]!.GetValue<int>().ShouldBe(1);
        Text(client, context["variablesReference"]!.GetValue<int>())["0x20000000"].ShouldBe("68692100  hi!.");
        var stack = Ask(client, scopes[1])[0]["variablesReference"]!.GetValue<int>();
        client.Ask("variables", new() { ["variablesReference"] = stack, ["start"] = 30, ["count"] = 5 })["variables"]!.AsArray()
            .Select(one => one!.AsObject().Text("name")).ShouldBe(["0x100001e0", "0x100001f0"]);
        client.Refused("variables", new() { ["variablesReference"] = 1 }).ShouldBe("there are no such variables");
        client.Refused("variables", new() { ["variablesReference"] = scopes[0] + 1000 }).ShouldBe("there are no such variables");
    }

    [Fact]
    public void A_store_shows_its_pairs()
    {
        var client = Client.AtEntry(Programs.Assembled("mov %r1, 3\nmov %r2, 9\ncall 16\nmov %r0, 0\nexit\n"));
        client.BreakAt(3);
        client.Go("continue");

        var stores = Ask(client, Scopes(client, 1)[2]);

        stores.Select(one => $"{one.Text("name")}: {one.Text("value")}").ShouldBe(["local: 1 pair", "global: 0 pairs"]);
        Text(client, stores[0]["variablesReference"]!.GetValue<int>()).ShouldBe(new Dictionary<string, string> { ["3"] = "9" });
    }

    [Fact]
    public void A_register_is_set_and_the_program_goes_on_with_it()
    {
        var client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        client.BreakAt(5);
        client.Go("continue");
        var registers = Scopes(client, 1)[0];

        client.Ask("setVariable", new() { ["variablesReference"] = registers, ["name"] = "r1", ["value"] = "r1 - 998" })
            .Text("value").ShouldBe("1");

        client.Go("continue");
        client.Value("r0").ShouldBe("4");
        client.Ask("continue", new() { ["threadId"] = 1 });
        client.Finish().ShouldContain("r0 = 0x4 (4)");
        Set("pc", "1").ShouldBe("the program has ended; expected 'restart' or 'disconnect'");

        client = Client.AtEntry(Programs.Assembled(Programs.Loop));
        Set("pc", "1").ShouldBe("only r0 to r10 of the function that executes can be set");
        Set("r11", "1").ShouldBe("only r0 to r10 of the function that executes can be set");
        Set("r1", "x").ShouldStartWith("there is no 'x'");
        client.Refused("evaluate", new() { ["expression"] = "r1 = 2", ["context"] = "watch" })
            .ShouldBe("registers are set in the console, and of the function that executes");
        client.Value("r1 == 0").ShouldBe("1");

        string Set(string name, string value) =>
            client.Refused("setVariable", new() { ["variablesReference"] = registers, ["name"] = name, ["value"] = value });
    }

    [Fact]
    public void Memory_is_read_as_far_as_it_goes_and_written_within_a_region()
    {
        var client = Client.AtEntry(Programs.Assembled("exit\n", "0102030405"));

        Read("0x20000000", 3, 10).ShouldBe("0405 8");
        Read("0x20000005", 0, 10).ShouldBe(" 10");
        Read("0x20000005", -5, 1).ShouldBe("01 0");
        client.Ask("writeMemory", new() { ["memoryReference"] = "0x20000001", ["data"] = "//4=" })["bytesWritten"]!
            .GetValue<int>().ShouldBe(2);
        Read("0x20000000", 0, 5).ShouldBe("01fffe0405 0");
        client.Refused("writeMemory", new() { ["memoryReference"] = "0x20000004", ["data"] = "//4=" })
            .ShouldBe("2 bytes at 0x20000004 do not lie in one region");
        client.Refused("writeMemory", new() { ["memoryReference"] = "0x20000004", ["data"] = "?" }).ShouldBe("'data' is no base64");
        client.Refused("readMemory", new() { ["memoryReference"] = "here", ["count"] = 1 })
            .ShouldBe("this is no address of memory; expected one such as 0x10000000");

        string Read(string reference, int offset, int count)
        {
            var body = client.Ask("readMemory", new() { ["memoryReference"] = reference, ["offset"] = offset, ["count"] = count });
            return $"{Convert.ToHexStringLower(Convert.FromBase64String(body.Text("data")))} {body["unreadableBytes"]}";
        }
    }

    [Fact]
    public void Disassembly_has_as_many_instructions_as_were_asked_for()
    {
        var client = Client.AtEntry(Programs.Lines());

        var all = client.Ask("disassemble", new()
        {
            ["memoryReference"] = Frame(client).Text("instructionPointerReference"),
            ["instructionOffset"] = -2,
            ["instructionCount"] = 20,
        })["instructions"]!.AsArray().Select(one => one!.AsObject()).ToList();

        all.Count.ShouldBe(20);
        all.Select(one => one.Text("presentationHint")).ShouldBe(["invalid", "invalid", .. Enumerable.Repeat("", 17), "invalid"]);
        all[1].Text("address").ShouldBe("0xfffffff8");
        all[2].Text("instruction").ShouldBe("0  mov %r6, %r1");
        all[2].Text("symbol").ShouldBe("entry");
        all[2].Text("instructionBytes").ShouldBe("bf16000000000000");
        all[2]["line"]!.GetValue<int>().ShouldBe(6);
        all.Select(one => Convert.ToUInt64(one.Text("address"), 16)).ShouldBeInOrder();
        client.Refused("disassemble", new() { ["memoryReference"] = "0x5", ["instructionCount"] = 1 })
            .ShouldBe("this is no address of an instruction; expected one such as that of a frame, or 'slot 5'");
    }

    private static JsonObject Frame(Client client) =>
        client.Ask("stackTrace", new() { ["threadId"] = 1 })["stackFrames"]![0]!.AsObject();

    private static int[] Scopes(Client client, int frame) =>
    [
        .. client.Ask("scopes", new() { ["frameId"] = frame })["scopes"]!.AsArray()
            .Select(scope => scope!["variablesReference"]!.GetValue<int>()),
    ];

    private static JsonObject[] Ask(Client client, int reference) =>
        [.. client.Ask("variables", new() { ["variablesReference"] = reference })["variables"]!.AsArray().Select(one => one!.AsObject())];

    private static string Names(Client client, int reference) => string.Join(' ', Ask(client, reference).Select(one => one.Text("name")));

    private static Dictionary<string, string> Text(Client client, int reference) =>
        Ask(client, reference).ToDictionary(one => one.Text("name"), one => one.Text("value"));

    private static string Of(Client client, string expression, int frame) =>
        client.Ask("evaluate", new() { ["expression"] = expression, ["frameId"] = frame }).Text("result");
}
