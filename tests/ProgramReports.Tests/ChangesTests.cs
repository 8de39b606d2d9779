using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;

namespace RbpfSpec.ProgramReports.Tests;

public class ChangesTests
{
    private static readonly State<Word> Before =
        (new Start(Profile.Rbpf) with { Context = Sequence.Generate(64, _ => (byte)0) }).State();

    [Fact]
    public void A_state_has_not_changed_from_itself()
    {
        Changes.Registers(Before, Before).ShouldBeEmpty();
        Changes.Memory(Before, Before).ShouldBeEmpty();
    }

    // Nine bytes with seven unchanged ones between them are one change; with eight, they are two.
    [Theory]
    [InlineData(0, 8, 1)]
    [InlineData(0, 9, 2)]
    public void Changes_close_to_each_other_are_one(int first, int second, int count)
    {
        var context = new byte[64];
        (context[first], context[second]) = (1, 2);
        var after = (new Start(Profile.Rbpf) with { Context = Sequence.Of<byte>(context) }).State();

        var changes = Changes.Memory(Before, after).ToList();

        changes.Count.ShouldBe(count);
        changes[0].Region.ShouldBe("context");
        changes[0].Address.ShouldBe(AddressSpace.Context + (ulong)first);
        changes[^1].Bytes[^1].ShouldBe((byte)2);
    }
}
