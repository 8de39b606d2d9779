using RbpfSpec.Debugging.Places;

namespace RbpfSpec.Debugging.Tests.Places;

public class MemoryViewTests
{
    private const ulong Context = 0x20000000;

    [Fact]
    public void Bytes_are_read_up_to_the_end_of_their_region()
    {
        var state = Programs.Assembled("exit\n", "0102030405").State;

        MemoryView.Read(state, Context + 2, 100).ShouldBe([3, 4, 5]);
        MemoryView.Read(state, Context + 2, 2).ShouldBe([3, 4]);
        MemoryView.Read(state, Context + 5, 2).ShouldBeEmpty();
        MemoryView.Read(state, Context - 1, 2).ShouldBeEmpty();
        MemoryView.Read(state, Context, -1).ShouldBeEmpty();
        MemoryView.Number(state, Context + 3, 2).ShouldBe(0x0504UL);
        MemoryView.Number(state, Context + 4, 2).ShouldBeNull();
        MemoryView.RegionAt(state, Context + 4)!.Name.ShouldBe("context");
        MemoryView.RegionAt(state, 0).ShouldBeNull();
    }
}
