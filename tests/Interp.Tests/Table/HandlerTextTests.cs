using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>The handler of a superinstruction; of all other rows what is committed shows it.</summary>
public sealed class HandlerTextTests
{
    [Fact]
    public void What_ends_in_an_access_without_a_step_does_its_parts_in_turn() =>
        BodyOf(["Xor64X", "Subtract64X", "Store2X"], "").ShouldBe("""
            Steps.Alu64X<Xor>(now, state);
            Steps.Alu64X<Subtract>(now + 1, state);
            var address = Steps.DestinationAddress(now + 2, state);
            var at = address - start;
            if (at < Size2.Writable(state))
            {
            Steps.StoreX<Size2>(now + 2, state, host + at);
            return now[3].Handler(now + 3, state, start, host, branches);
            }

            at = address - state->StackStart;
            if (at >= Size2.Stack(state)) return Missed(now + 2, state, address, Size2.Bytes, Grants.Write, branches);
            Steps.StoreX<Size2>(now + 2, state, state->StackHost + at);
            return now[3].Handler(now + 3, state, start, host, branches);
            """);

    [Theory]
    [InlineData("", "Steps.Alu64K<Xor>(now, state);\nif (Steps.If64K<Equal>(now + 1, state))")]
    [InlineData("AddIfK<Equal>", "if (Steps.AddIfK<Equal>(now, state))")]
    public void What_ends_in_a_branch_jumps_from_its_last_part(string step, string first) =>
        BodyOf(["Xor64K", "IfEqual64K"], step).ShouldBe(first + """

            {
            if (branches == 0) return Steps.StopAt(now + 1, state, branches, Stop.BranchBudget);
            now = Steps.Target(now + 1);
            return now->Handler(now, state, start, host, branches - 1);
            }

            return now[2].Handler(now + 2, state, start, host, branches);
            """);

    [Fact]
    public void Rows_of_one_step_share_a_handler()
    {
        HandlerText.NameOf(EngineTable.Rows.Single(row => row.Code == "Xor64X")).ShouldBe("Alu64X<Xor>");
        HandlerText.NameOf(EngineTable.Rows.Single(row => row.Code == "Load8")).ShouldBe("Load<Size8, Same>");
        HandlerText.NameOf(EngineTable.Rows.Single(row => row.Code == "MoveAddX")).ShouldBe("MoveAddX");
        HandlerText.NameOf(EngineTable.Rows.Single(row => row.Code == "CallBtf")).ShouldBe("Call");
    }

    // Without the signature, the braces around the body, and indentation.
    private static string BodyOf(Sequence<string> parts, string step) => string.Join('\n', HandlerText
        .Of(new("New", new Kind.Fused(Condition.Any, parts), step), EngineTable.Rows)
        .Split('\n')
        .Select(line => line.Trim())
        .Skip(4)
        .SkipLast(2));
}
