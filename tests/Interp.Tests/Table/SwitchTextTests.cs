using RbpfSpec.Interp.Predecoded;
using RbpfSpec.Interp.Table;

namespace RbpfSpec.Interp.Tests.Table;

/// <summary>The case of a superinstruction; of all other rows what is committed shows it.</summary>
public sealed class SwitchTextTests
{
    [Theory]
    [InlineData("", "", "Steps.Alu64X<Xor>(now, state);\nSteps.Alu64X<Subtract>(now + 1, state);\nnow += 2;\ngoto case Code.Load2;\n")]
    [InlineData("", "MoveX<Add>", "Steps.MoveX<Add>(now, state);\nnow += 2;\ngoto case Code.Load2;\n")]
    [InlineData(
        "AddAddress",
        "",
        "Steps.Alu64X<Xor>(now, state);\nSteps.Alu64X<Subtract>(now + 1, state);\nnow += 2;\ngoto case Code.Load2;\n")]
    public void What_ends_in_an_access_does_all_but_that_and_goes_to_it(string step, string before, string text) =>
        TextOf(["Xor64X", "Subtract64X", "Load2"], step, before).ShouldBe("case Code.New:\n" + text);

    [Fact]
    public void What_goes_straight_on_is_done_by_its_step_where_there_is_one()
    {
        TextOf(["Move64", "Xor64X"], "MoveX<Xor>").ShouldBe("case Code.New:\nSteps.MoveX<Xor>(now, state);\nnow += 2;\ncontinue;\n");
        TextOf(["Move64", "Xor64X"], "").ShouldBe("case Code.New:\nSteps.Move<Same>(now, state);\nnow++;\ngoto case Code.Xor64X;\n");
    }

    private static string TextOf(Sequence<string> parts, string step, string before = "") => string.Join('\n', SwitchText
        .Of(new("New", new Kind.Fused(Condition.Any, parts, before), step), EngineTable.Rows)
        .Split('\n')
        .Select(line => line.Trim()));
}
