using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Semantics.Tests.Machine;

public sealed class GuardedTests
{
    private static readonly Word One = Word.Of(1);

    [Fact]
    public void Guards_stand_in_the_order_in_which_they_were_asked()
    {
        var guarded = Guarded<Word>.Of(One)
            .Unless(Truth<Word>.Of(true), Trap.MemoryAccess)
            .Unless(Truth<Word>.Of(true), Trap.MemoryAlignment);

        guarded.Guards.ShouldBe([new(Truth<Word>.Of(true), Trap.MemoryAccess), new(Truth<Word>.Of(true), Trap.MemoryAlignment)]);
        guarded.Value.ShouldBe(One);
    }

    [Fact]
    public void A_guard_known_not_to_hold_leaves_no_trace() =>
        Guarded<Word>.Of(One).Unless(Truth<Word>.Of(false), Trap.MemoryAccess).ShouldBe(Guarded<Word>.Of(One));

    [Fact]
    public void An_outcome_keeps_the_guards_of_the_word_and_of_another_outcome()
    {
        var guarded = Guarded<Word>.Of(One).Unless(Truth<Word>.Of(true), Trap.CallDepth);
        var state = Samples.StateOf(Profile.Rbpf);

        var effect = guarded.With(new Outcome<Word>.Next(state));

        effect.Guards.ShouldBe(guarded.Guards);
        effect.With(new Outcome<Word>.Exited(state)).Guards.ShouldBe(guarded.Guards);
        effect.From(state).ShouldBe(new Outcome<Word>.Trapped(Trap.CallDepth, state));
        Effect<Word>.Of(effect.Value).From(state).ShouldBe(effect.Value);
    }
}
