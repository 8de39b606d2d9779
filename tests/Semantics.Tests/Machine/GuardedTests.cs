using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class GuardedTests
{
    [Fact]
    public void Guards_stand_in_the_order_in_which_they_were_asked()
    {
        var guarded = Guarded<Bit>.Of(1)
            .Unless(Bit.Of(true), Trap.MemoryAccess)
            .Unless(Bit.Of(true), Trap.MemoryAlignment);

        guarded.Guards.ShouldBe([new(Bit.Of(true), Trap.MemoryAccess), new(Bit.Of(true), Trap.MemoryAlignment)]);
        guarded.Value.ShouldBe(1);
    }

    [Fact]
    public void A_guard_known_not_to_hold_leaves_no_trace() =>
        Guarded<Bit>.Of(1).Unless(Bit.Of(false), Trap.MemoryAccess).ShouldBe(Guarded<Bit>.Of(1));

    [Fact]
    public void Another_value_keeps_the_guards()
    {
        var guarded = Guarded<Bit>.Of(1).Unless(Bit.Of(true), Trap.CallDepth);

        guarded.With("value").Value.ShouldBe("value");
        guarded.With("value").Guards.ShouldBe(guarded.Guards);
    }
}
