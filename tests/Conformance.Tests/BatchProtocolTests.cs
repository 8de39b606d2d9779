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
        told.ShouldEndWith(""","pc":2,"registers":["0x1","0x0","0x0","0xffffffffffffffff","0x0","0x0","0x0","0x0","0x0","0x0","0x10000200"]}""");
        BatchProtocol.Reply(request, Bounded).ShouldNotContain("registers");
    }

    [Fact]
    public void A_trap_is_answered_by_its_name_and_its_slot()
    {
        Reply(Code.HexOf("mov %r0, 1\nldxb %r0, [%r1]\nexit"), "").ShouldStartWith("""{"trap":"MemoryAccess","reason":"at slot 1","detail":"load of 1 byte at 0x0 = r1 (0x0); """);
        Reply(Code.HexOf("div %r0, 0\nexit"), "").ShouldBe("""{"trap":"DivisionByZero","reason":"at slot 0","detail":"the immediate, the divisor, is 0"}""");
        Reply(Code.HexOf("ja -1\nexit"), "").ShouldBe("""{"trap":"BranchBudget","reason":"at slot 0","detail":"all 200 taken branches and local calls are used up"}""");
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
    [InlineData("", "the line is not JSON, at byte 1: ")]
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
                .ShouldBeOneOf("r0", "trap reason");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(9669, 1));

    // Requests of random slots, requests with a character changed, and text.
    private static Gen<string> Lines => Gen.OneOf(Requests, Damaged, ArbMap.Default.GeneratorFor<string?>().Select(text => text ?? ""));

    private static Gen<string> Requests =>
        from slots in Gen.Elements(
            "b70000002a000000", "0f10000000000000", "7910000000000000", "7b1af8ff00000000", "3f10000000000000",
            "0500ffff00000000", "8500000005000000", "85100000ffffffff", "1800000001000000", "ff00000000000000", "9").ListOf()
        from memory in Gen.Elements("", "00", "00 01 02 03 04 05 06 07", "0")
        select $$"""{"program":"{{string.Concat(slots)}}9500000000000000","memory":"{{memory}}"}""";

    private static Gen<string> Damaged =>
        from line in Requests
        from at in Gen.Choose(0, line.Length - 1)
        from insert in Gen.Elements("", "\"", "\\", "{", "}", ":", "\\ud800", "\ud800", "\0", "é", "r0")
        select line[..at] + insert + line[(at + 1)..];

    private static string Reply(string program, string memory) =>
        BatchProtocol.Reply($$"""{"program":"{{program}}","memory":"{{memory}}"}""", Bounded);

    private static (string? Trap, string Reason) Trap(string reply)
    {
        using var document = JsonDocument.Parse(reply);
        return (document.RootElement.GetProperty("trap").GetString(), document.RootElement.GetProperty("reason").GetString()!);
    }
}
