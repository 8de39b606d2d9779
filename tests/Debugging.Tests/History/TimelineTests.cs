using RbpfSpec.Debugging.History;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Tests.History;

public class TimelineTests
{
    [Fact]
    public void Each_state_on_the_way_back_is_the_one_on_the_way_there()
    {
        List<State<Word>> states = [];
        var timeline = Timeline.Start(Programs.Assembled(Programs.Loop));
        while (timeline.End is null)
        {
            if (states.Count == timeline.Position) states.Add(timeline.State);
            timeline = timeline.Forward();
        }

        timeline.End.ShouldBeOfType<Outcome<Word>.Exited>().Result.Value.ShouldBe(2000UL);
        timeline.Position.ShouldBe(4002);
        states.Count.ShouldBe(4003);
        for (var back = timeline; back is not null; back = back.Back())
        {
            back.State.ShouldBe(states[(int)back.Position]);
            if (back != timeline) back.End.ShouldBeNull();
        }
    }

    [Fact]
    public void A_run_goes_back_as_far_whether_it_came_in_steps_or_at_once()
    {
        var start = Timeline.Start(Programs.Assembled(Programs.Loop));
        var jumped = start.Forward(static _ => false, 3000, out var hasArrived);
        var stepped = start;
        while (stepped.Position < 3000) stepped = stepped.Forward();

        hasArrived.ShouldBeFalse();
        jumped.Position.ShouldBe(3000);
        for (var i = 0; i < 2500; i++) (jumped, stepped) = (jumped.Back()!, stepped.Back()!);
        jumped.State.ShouldBe(stepped.State);
        jumped.Position.ShouldBe(500);
    }

    [Fact]
    public void The_state_here_is_none_that_a_run_arrives_at()
    {
        var start = Timeline.Start(Programs.Assembled(Programs.Loop));

        start.Forward(static _ => true, 10, out var hasArrived).Position.ShouldBe(1);
        hasArrived.ShouldBeTrue();
        start.Forward(static state => state.ProgramCounter.Value == 2, 100, out _).Position.ShouldBe(2);
        start.Forward(static state => state.Registers[0].Value == 2000, 100, out hasArrived).Position.ShouldBe(100);
        hasArrived.ShouldBeFalse();
    }

    [Fact]
    public void A_changed_state_is_found_again_and_what_had_been_after_it_is_not()
    {
        var start = Timeline.Start(Programs.Assembled(Programs.Loop));
        var there = start.Forward(static _ => false, 2500, out _);
        var changed = there.With(there.State with { Registers = there.State.Registers.Write(Word.Wrap(1, Width.Bits4), Word.Of(1)) });

        var end = changed.Forward(static _ => false, 100_000, out _);
        end.End.ShouldBeOfType<Outcome<Word>.Exited>();
        end.Position.ShouldBeInRange(2500, 2510);

        // Past the change, back before it, and there again: the change is part of what was.
        var before = end;
        while (before.Position > 100) before = before.Back()!;
        before.State.Registers[1].Value.ShouldBeGreaterThan(900UL);
        before.Forward(static _ => false, 100_000, out _).State.ShouldBe(end.State);
        before.Forward(static _ => false, 100_000, out _).Position.ShouldBe(end.Position);
    }

    [Fact]
    public void A_change_takes_the_place_of_one_made_later()
    {
        var start = Timeline.Start(Programs.Assembled(Programs.Loop));
        var late = start.Forward(static _ => false, 20, out _);
        late = late.With(late.State with { Registers = late.State.Registers.Write(Word.Wrap(1, Width.Bits4), Word.Of(1)) });
        var early = late;
        while (early.Position > 10) early = early.Back()!;
        early = early.With(early.State with { Registers = early.State.Registers.Write(Word.Wrap(0, Width.Bits4), Word.Of(7000)) });

        var end = early.Forward(static _ => false, 100_000, out _);

        end.State.Registers[0].Value.ShouldBeGreaterThan(8000UL);
        end.Position.ShouldBe(4002);
    }

    [Fact]
    public void The_start_has_nothing_before_it_and_an_end_nothing_after()
    {
        var start = Timeline.Start(Programs.Assembled("mov %r0, 1\ndiv %r0, 0\nexit\n"));
        start.Back().ShouldBeNull();

        var end = start.Forward(static _ => false, 10, out _);

        end.End.ShouldBeOfType<Outcome<Word>.Exited>();
        end.Forward().Position.ShouldBe(end.Position);
        end.ToStart().State.ShouldBe(start.State);
        end.ToStart().End.ShouldBeNull();
    }
}
