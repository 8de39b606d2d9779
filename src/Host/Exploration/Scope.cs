using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Exploration;

/// <summary>An event of a scope.</summary>
/// <param name="Name">For people.</param>
/// <param name="Event">The event, in a state.</param>
public sealed record ScopeEvent(string Name, Func<Device, DeviceEvent> Event)
{
    /// <summary>Whether it is tried in a state; everywhere, unless it is said otherwise.</summary>
    public Func<Device, bool> IsPossible { get; init; } = static _ => true;
}

/// <summary>A sentence about every step.</summary>
/// <param name="Name">The sentence.</param>
/// <param name="Holds">Whether it holds of a step.</param>
public sealed record Invariant(string Name, Func<Device, DeviceEvent, Step, bool> Holds);

/// <summary>A device, what can happen to it, and what has to hold.</summary>
/// <param name="Start">The device to begin with.</param>
/// <param name="Events">The events, each of which can come at any time.</param>
/// <param name="Invariants">The sentences.</param>
public sealed record Scope(Device Start, Sequence<ScopeEvent> Events, Sequence<Invariant> Invariants)
{
    /// <summary>The first sentence that does not hold of a step; null if all do.</summary>
    public string? Violated(Device before, DeviceEvent happening, Step step)
    {
        foreach (var invariant in Invariants)
        {
            if (!invariant.Holds(before, happening, step)) return invariant.Name;
        }

        return null;
    }
}
