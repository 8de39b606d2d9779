using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Exploration;

/// <summary>The transition function of a device, or one with a planted bug.</summary>
public delegate Step Transition(Device device, DeviceEvent happening);

/// <summary>A way to a violation, the shortest there is.</summary>
/// <param name="Invariant">The sentence that does not hold.</param>
/// <param name="Events">The names of the events from the start, the last one being the one that violates it.</param>
public sealed record Violation(string Invariant, Sequence<string> Events);

/// <summary>The result of an exploration.</summary>
/// <param name="States">How many distinct states were reached.</param>
/// <param name="Steps">How many events were tried in them.</param>
/// <param name="Depth">How many events the deepest of them is away from the start.</param>
/// <param name="IsComplete">Whether no other state can be reached.</param>
/// <param name="Violation">The first one found; null if there is none.</param>
public sealed record Walked(int States, long Steps, int Depth, bool IsComplete, Violation? Violation);

/// <summary>Walks all interleavings of events, breadth first, and checks each step.</summary>
/// <remarks>States are told apart by <see cref="StateKey"/>, 128 bits of all that decides what a device will do.</remarks>
public static class Explorer
{
    /// <summary>Walks until all states are reached, enough are, or a step violates an invariant.</summary>
    /// <param name="scope">Where to begin, the events, and the invariants.</param>
    /// <param name="most">How many states are enough.</param>
    /// <param name="transition">The transition function; that of this project if it is null.</param>
    public static Walked Walk(Scope scope, int most, Transition? transition = null)
    {
        ArgumentNullException.ThrowIfNull(scope);
        transition ??= static (device, happening) => device.Step(happening);
        HashSet<StateKey> known = [StateKey.Of(scope.Start)];
        List<(int Parent, int Event)> origins = [(-1, -1)];
        List<(Device Device, int Index)> frontier = [(scope.Start, 0)];
        var steps = 0L;
        for (var depth = 0; ; depth++)
        {
            List<(Device Device, int Index)> next = [];
            foreach (var (device, index) in frontier)
            {
                for (var i = 0; i < scope.Events.Count; i++)
                {
                    if (!scope.Events[i].IsPossible(device)) continue;
                    var happening = scope.Events[i].Event(device);
                    var step = transition(device, happening);
                    steps++;
                    if (scope.Violated(device, happening, step) is { } invariant)
                        return new(known.Count, steps, depth, IsComplete: false, new(invariant, Trace(scope, origins, index, i)));
                    if (!known.Add(StateKey.Of(step.Device))) continue;
                    origins.Add((index, i));
                    next.Add((step.Device, origins.Count - 1));
                    if (known.Count >= most) return new(known.Count, steps, depth + 1, IsComplete: false, Violation: null);
                }
            }

            if (next.Count == 0) return new(known.Count, steps, depth, IsComplete: true, Violation: null);
            frontier = next;
        }
    }

    private static Sequence<string> Trace(Scope scope, List<(int Parent, int Event)> origins, int index, int last)
    {
        List<string> names = [scope.Events[last].Name];
        for (; index > 0; index = origins[index].Parent) names.Add(scope.Events[origins[index].Event].Name);
        names.Reverse();
        return names.ToSequence();
    }
}
