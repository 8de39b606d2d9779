using RbpfSpec.Semantics.Host;

namespace RbpfSpec.Interp.Tests;

/// <summary>What is no call, and what is no helper.</summary>
public sealed class VmHelperTests
{
    [Fact]
    public void The_default_value_is_no_call()
    {
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Argument(1)).Message.ShouldContain("no call");
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Readable(1).Length).Message.ShouldContain("no call");
        Should.Throw<InvalidOperationException>(() => default(HelperCall).Writable(1).Length).Message.ShouldContain("no call");
        Should.Throw<ArgumentOutOfRangeException>(() => default(HelperCall).Argument(0));
        Should.Throw<ArgumentOutOfRangeException>(() => default(HelperCall).Argument(6));
    }

    [Fact]
    public void A_helper_has_a_declaration_a_body_and_an_id_of_its_own()
    {
        var one = Helper("one");

        VmHelper.Checked([one, Helper("two", id: 2)]).Length.ShouldBe(2);
        Message([one, Helper("two")]).ShouldContain("'one' and 'two' have the same id, 0x1");
        Message([null!]).ShouldContain("needs a declaration and a body");
        Message([one with { Body = null! }]).ShouldContain("needs a declaration and a body");
        Message([one with { Declaration = null! }]).ShouldContain("needs a declaration and a body");
        Message([Helper("one", new ArgumentKind.Readable(new ByteCount.InArgument(-1)))]).ShouldContain("in argument -1; there are 1 to 5");
    }

    private static string Message(VmHelper[] helpers) => Should.Throw<ArgumentException>(() => VmHelper.Checked([.. helpers])).Message;

    private static VmHelper Helper(string name, ArgumentKind? kind = null, uint id = 1) =>
        new(new(id, name, "", kind is null ? [] : [kind]), _ => 0);
}
