using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests;

public class BatchProtocolTests
{
    // Of the normative profile, whose budget ends every loop soon.
    private static readonly ConformanceMachine Bounded = new(Profile.Rbpf);

    [Fact]
    public void A_result_is_answered_by_r0()
    {
        Reply(Code.HexOf("mov %r0, -1\nexit"), "").ShouldBe("""{"r0":"0xffffffffffffffff"}""");
        Reply(Code.HexOf("ldxb %r0, [%r1+1]\nexit"), "00 2a").ShouldBe("""{"r0":"0x2a"}""");
        BatchProtocol.Reply($$"""{"program":"{{Code.HexOf("mov %r0, %r2\nexit")}}"}""", Bounded).ShouldBe("""{"r0":"0x0"}""");
    }

    [Fact]
    public void The_state_at_the_end_is_told_where_it_is_asked_for()
    {
        var request = $$"""{"program":"{{Code.HexOf("mov %r0, 1\nmov %r3, -1\nldxb %r0, [%r1]\nexit")}}"}""";

        var told = BatchProtocol.Reply(request, Bounded, tellsState: true);
        told.ShouldStartWith("""{"trap":"MemoryAccess","reason":"at slot 2","detail":""");
        told.ShouldEndWith(
            ""","pc":2,"registers":["0x1","0x0","0x0","0xffffffffffffffff","0x0","0x0","0x0","0x0","0x0","0x0","0x10000200"]}""");
        BatchProtocol.Reply(request, Bounded).ShouldNotContain("registers");
    }

    [Fact]
    public void A_trap_is_answered_by_its_name_and_its_slot()
    {
        Reply(Code.HexOf("mov %r0, 1\nldxb %r0, [%r1]\nexit"), "")
            .ShouldStartWith("""{"trap":"MemoryAccess","reason":"at slot 1","detail":"load of 1 byte at 0x0 = r1 (0x0); """);
        Reply(Code.HexOf("div %r0, 0\nexit"), "")
            .ShouldBe("""{"trap":"DivisionByZero","reason":"at slot 0","detail":"the immediate, the divisor, is 0"}""");
        Reply(Code.HexOf("ja -1\nexit"), "")
            .ShouldBe("""{"trap":"BranchBudget","reason":"at slot 0","detail":"all 200 taken branches and local calls are used up"}""");
    }

    [Fact]
    public void A_rejected_program_is_answered_by_its_first_problem()
    {
        var (trap, reason) = Trap(Reply("ff00000000000000", ""));

        trap.ShouldBe("Rejected");
        reason.ShouldStartWith("slot 0: ");
    }

    [Fact]
    public void Answers_escape_only_what_JSON_has_to()
    {
        Reply("ff00000000000000", "").ShouldContain("§");
        BatchProtocol.Reply("{}", Bounded).ShouldContain("""there is no \"program\"; """);
    }

    [Theory]
    [InlineData("", "the line is empty; expected a JSON object with a \"program\"")]
    [InlineData(" ", "the line is empty; ")]
    [InlineData("exit", "the line is not JSON, at byte 1: ")]
    [InlineData("{}", "there is no \"program\"; ")]
    [InlineData("""{"program":"9"}""", "\"program\" is not bytes; ")]
    [InlineData("""{"program":"95","memory":7}""", "\"memory\" is not bytes; ")]
    [InlineData("""{"program":"\udfff"}""", "the line is not JSON: ")]
    public void What_is_no_request_is_answered_by_what_is_wrong(string line, string problem)
    {
        var (trap, reason) = Trap(BatchProtocol.Reply(line, Bounded));

        trap.ShouldBe("BadRequest");
        reason.ShouldStartWith(problem);
    }

    // A runner of tests cannot hand over half a surrogate pair, so this is no line of the theory above.
    [Fact]
    public void Text_that_is_no_Unicode_is_no_request() =>
        Trap(BatchProtocol.Reply("{\"program\":\"\udfff\"}", Bounded))
            .ShouldBe(("BadRequest", "the line is not JSON: it holds half a surrogate pair"));

    [Fact]
    public void Any_line_is_answered_by_one_line_that_is_r0_or_a_trap() =>
        Prop.ForAll(Lines.ToArbitrary(), line =>
        {
            var reply = BatchProtocol.Reply(line, Bounded);

            reply.ShouldNotContain('\n');
            using var document = JsonDocument.Parse(reply);
            string.Join(' ', document.RootElement.EnumerateObject().Select(part => part.Name))
                .ShouldBeOneOf("r0", "trap reason", "trap reason detail", "trap reason detail access");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(9669, 1));

    public static TheoryData<string, string> Settings => new()
    {
        {
            """{"regions":[{"name":"a","address":"0x1ffffffffffffffff","permission":"rw","length":8}]}""",
            "\"setting.regions[0].address\" is \"0x1ffffffffffffffff\"; expected a number of up to 64 bits"
        },
        {
            """{"regions":[{"name":"a","address":"0x10000000","permission":"rw","length":8}]}""",
            "\"setting\" is none: region 'a' at 0x10000000 overlaps region 'stack'"
        },
        {
            """{"regions":[{"name":"a","address":"0xffffffffffffffff","permission":"rw","length":8}]}""",
            "\"setting\" is none: region 'a' at 0xffffffffffffffff of 8 bytes wraps around"
        },
        {
            """{"regions":[{"name":"a","address":"0x40000000","permission":"x","length":8}]}""",
            "\"setting.regions[0].permission\" is \"x\"; expected \"r\", \"w\", \"rw\" or \"\""
        },
        {
            """{"regions":[{"name":"a","address":"0x40000000","permission":"r","length":2147483647}]}""",
            "\"setting.regions[0].length\" is 2147483647; expected a whole number from 0 to 268435456"
        },
        {
            """{"regions":[{"name":"a","address":"0x40000000","permission":"r","length":-1}]}""",
            "\"setting.regions[0].length\" is -1; "
        },
        {
            """{"regions":[{"name":"a","address":"0x40000000","permission":"r","length":1,"bytes":"0102"}]}""",
            "\"setting.regions[0].length\" is 1, and there are 2 bytes; "
        },
        {
            """{"regions":[{"name":"a","address":"0x40000000","permission":"r","length":268435456},"""
            + """{"name":"b","address":"0x60000000","permission":"r","length":1}]}""",
            "\"setting.regions\" has more than 268435456 bytes together; "
        },
        { """{"regions":{}}""", "\"setting.regions\" is {}; expected an array" },
        { """{"regions":[7]}""", "\"setting.regions[0]\" is 7; expected an object" },
        { """{"branches":-1}""", "\"setting.branches\" is -1; expected a whole number from 0 to 18446744073709551615" },
        { """{"instructions":1.5}""", "\"setting.instructions\" is 1.5; " },
        { """{"helpers":[99999999999]}""", "\"setting.helpers[0]\" is 99999999999; expected a whole number from 0 to 4294967295" },
        { """{"entry":-1}""", "\"setting.entry\" is -1; " },
        { "7", "\"setting\" is 7; expected an object" },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_that_is_none_is_met_by_field_and_what_would_be_right(string setting, string problem)
    {
        var (trap, reason) = Trap(BatchProtocol.Reply($$"""{"program":"9500000000000000","setting":{{setting}}}""", Bounded));

        trap.ShouldBe("BadRequest");
        reason.ShouldStartWith(problem);
    }

    // What a line of 150 bytes may cost: a region that is mostly zeros is not made of bytes.
    [Fact]
    public void A_large_region_of_zeros_takes_no_room()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reply = BatchProtocol.Reply(
            """{"program":"18010000ffffff4f000000000000000071100000000000009500000000000000","setting":"""
            + """{"regions":[{"name":"a","address":"0x40000000","permission":"r","length":268435456,"bytes":"01"}]}}""",
            Bounded);

        reply.ShouldBe("""{"r0":"0x0"}""");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 22);
    }

    // Of a program without end to its problems, the first is found at once.
    [Fact]
    public void Of_a_large_program_only_the_first_problem_is_looked_for()
    {
        var program = new string('f', 16 * 100_000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Trap(Reply(program, "")).Trap.ShouldBe("Rejected");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public void A_program_larger_than_any_is_no_request() =>
        Trap(Reply(new string('0', ((1 << 24) + 8) * 2), "")).Reason.ShouldBe("\"program\" has 16777224 bytes; expected at most 16777216");

    // Requests of random slots, requests with a character changed, and text.
    private static Gen<string> Lines => Gen.OneOf(Requests, Damaged, ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""));

    private static Gen<string> Requests =>
        from slots in Gen.Elements(
            "b70000002a000000", "0f10000000000000", "7910000000000000", "7b1af8ff00000000", "3f10000000000000",
            "0500ffff00000000", "8500000005000000", "85100000ffffffff", "1800000001000000", "ff00000000000000", "9").ListOf()
        from memory in Gen.Elements("", "00", "00 01 02 03 04 05 06 07", "0")
        from setting in Gen.Elements(
            "",
            ""","setting":{"branches":3,"instructions":9,"helpers":[1,5,77],"entry":1}""",
            ""","setting":{"regions":[{"name":"a","address":"0x40000000","permission":"rw","length":8,"bytes":"01"},"""
            + """{"name":"b","address":"0x40000008","permission":"","length":16}]}""")
        select $$"""{"program":"{{string.Concat(slots)}}9500000000000000","memory":"{{memory}}"{{setting}}}""";

    private static Gen<string> Damaged =>
        from line in Requests
        from at in Gen.Choose(0, line.Length - 1)
        from insert in Gen.Elements(
            "",
            "\"",
            "\\",
            "{",
            "}",
            ":",
            "\\ud800",
            "\ud800",
            "\0",
            "é",
            "r0",
            "-",
            "9999999999",
            "null",
            "[",
            "f",
            ".5",
            "1e99")
        select line[..at] + insert + line[(at + 1)..];

    private static string Reply(string program, string memory) =>
        BatchProtocol.Reply($$"""{"program":"{{program}}","memory":"{{memory}}"}""", Bounded);

    private static (string? Trap, string Reason) Trap(string reply)
    {
        using var document = JsonDocument.Parse(reply);
        return (document.RootElement.GetProperty("trap").GetString(), document.RootElement.GetProperty("reason").GetString()!);
    }
}
