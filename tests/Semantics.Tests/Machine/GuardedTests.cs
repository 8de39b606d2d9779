using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class GuardedTests
{
    [Fact]
    public void Guards_stand_in_the_order_in_which_they_were_asked()
    {
        var guarded = Guarded<Word>.Of(1)
            .Unless(Truth<Word>.Of(true), Trap.MemoryAccess)
            .Unless(Truth<Word>.Of(true), Trap.MemoryAlignment);

        guarded.Guards.ShouldBe([new(Truth<Word>.Of(true), Trap.MemoryAccess), new(Truth<Word>.Of(true), Trap.MemoryAlignment)]);
        guarded.Value.ShouldBe(1);
    }

    [Fact]
    public void A_guard_known_not_to_hold_leaves_no_trace() =>
        Guarded<Word>.Of(1).Unless(Truth<Word>.Of(false), Trap.MemoryAccess).ShouldBe(Guarded<Word>.Of(1));

    [Fact]
    public void Another_value_keeps_the_guards()
    {
        var guarded = Guarded<Word>.Of(1).Unless(Truth<Word>.Of(true), Trap.CallDepth);

        guarded.With("value").Value.ShouldBe("value");
        guarded.With("value").Guards.ShouldBe(guarded.Guards);
    }
}
