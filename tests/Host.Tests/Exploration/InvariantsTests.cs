using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Exploration;

/// <summary>The invariants that the explorer checks of all short sessions, on long ones drawn at random; a failing one is shrunk.</summary>
public sealed class InvariantsTests
{
    private const int Length = 3000;

    private static readonly Scope Scope = SmallScope.Create();

    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Fact]
    [Trait("Needs", "time")]
    public void Every_invariant_holds_of_sessions_of_thousands_of_events() =>
        Check(seed: 8501, sessions: 8, static (device, happening) => device.Step(happening));

    [Theory]
    [Trait("Needs", "time")]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found_and_the_session_shrunk_until_every_event_counts(string name)
    {
        var bug = PlantedBug.All.Single(one => one.Name == name);

        var shrunk = Check(seed: 8502, sessions: 8, bug.Transition).ShouldNotBeNull();

        Violated(shrunk, bug.Transition).ShouldNotBeNull();
        foreach (var shorter in Shrink(shrunk)) Violated(shorter, bug.Transition).ShouldBeNull();
        Violated(shrunk, static (device, happening) => device.Step(happening)).ShouldBeNull();
        shrunk.Length.ShouldBeLessThan(20);
    }

    // The shortest session found that fails: one must with a planted bug, and none without.
    private static int[]? Check(ulong seed, int sessions, Transition transition)
    {
        int[]? shortest = null;
        var isPlanted = PlantedBug.All.Any(bug => bug.Transition == transition);
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(sessions)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 1), FSharpOption<int>.None)));
        var drawn = Gen.Choose(0, Scope.Events.Count - 1).ArrayOf(Length);
        var property = Prop.ForAll(Arb.From(drawn, Shrink), session =>
        {
            if (Violated(session, transition) is not { } violated) return;
            shortest = session;
            violated.Invariant.ShouldBeNull(string.Join('\n', session[..violated.Count].Select(index => Scope.Events[index].Name)));
        });
        if (isPlanted) Should.Throw<Exception>(() => property.Check(config));
        else property.Check(config);
        return shortest;
    }

    // The first invariant that a session violates, and how many events it takes.
    private static (string Invariant, int Count)? Violated(int[] session, Transition transition)
    {
        var device = Scope.Start;
        for (var i = 0; i < session.Length; i++)
        {
            var one = Scope.Events[session[i]];
            if (!one.IsPossible(device)) continue;
            var happening = one.Event(device);
            var step = transition(device, happening);
            if (Scope.Violated(device, happening, step) is { } invariant) return (invariant, i + 1);
            device = step.Device;
        }

        return null;
    }

    // Without the second half of its events, without the first, without each quarter, and so on to each event.
    private static IEnumerable<int[]> Shrink(int[] session)
    {
        for (var size = (session.Length + 1) / 2; size > 0; size /= 2)
        {
            for (var end = session.Length; end > 0; end -= size)
                yield return [.. session[..Math.Max(end - size, 0)], .. session[end..]];
        }
    }
}
