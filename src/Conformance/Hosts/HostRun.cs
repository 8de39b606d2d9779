using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>The outcome of a sequence of events: the effects of each, and the state after the last.</summary>
/// <param name="Effects">For each event an array in JSON.</param>
/// <param name="State">An object in JSON.</param>
public sealed record HostOutcome(Sequence<string> Effects, string State);

/// <summary>Runs vectors of hosts on the device of this project, or on one with another transition function.</summary>
public static class HostRun
{
    /// <summary>The outcome of some events.</summary>
    /// <param name="device">The device as it begins.</param>
    /// <param name="events">The events, in order.</param>
    /// <param name="transition">The transition function; that of this project if it is null.</param>
    public static HostOutcome Of(HostDevice device, IEnumerable<HostEvent> events, Transition? transition = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(events);
        transition ??= static (before, happening) => before.Step(happening);
        var now = Device.Of(device.Settings);
        List<string> effects = [];
        foreach (var happening in events)
        {
            var step = Step(now, happening, transition);
            now = step.Device;
            effects.Add(HostWriter.Effects(step.Effects));
        }

        return new(effects.ToSequence(), HostWriter.State(now));
    }

    /// <summary>The vector of a scenario: what the device of this project does in it.</summary>
    /// <param name="name">The name of the vector.</param>
    /// <param name="scenario">The scenario.</param>
    public static HostVector Vector(string name, HostScenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        var outcome = Of(scenario.Device, scenario.Events);
        return new(
            name, scenario.Rule, scenario.Because, scenario.Device,
            Sequence.Generate(scenario.Events.Count, at => new HostVectorStep(scenario.Events[at], outcome.Effects[at])),
            outcome.State);
    }

    /// <summary>The first thing in which an outcome is not that of a vector, for people; null if it is.</summary>
    public static string? Difference(HostVector vector, HostOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(vector);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Effects.Count != vector.Steps.Count)
            return $"{outcome.Effects.Count} answers to {vector.Steps.Count} events";
        for (var at = 0; at < vector.Steps.Count; at++)
        {
            if (!HostJson.IsSame(vector.Steps[at].Effects, outcome.Effects[at]))
                return $"event {at + 1}: expected {vector.Steps[at].Effects}, and it is {outcome.Effects[at]}";
        }

        return HostJson.IsSame(vector.State, outcome.State)
            ? null
            : $"state after the last event: expected {vector.State}, and it is {outcome.State}";
    }

    /// <summary>The first thing in which a device does otherwise than a vector says; null if there is nothing.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="transition">The transition function; that of this project if it is null.</param>
    public static string? Difference(HostVector vector, Transition? transition = null)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return Difference(vector, Of(vector.Device, vector.Steps.Select(step => step.Event), transition));
    }

    private static Step Step(Device device, HostEvent happening, Transition transition) => happening switch
    {
        HostEvent.Install(var slot, var manifest, var program, var entry, var regions) =>
            Application.Admit(manifest, program, out var problem, entry, regions) is { } application
                ? transition(device, new DeviceEvent.Install(slot, application))
                : RbpfSpec.Host.Model.Step.Of(device).And(new DeviceEffect.Refused(problem)),
        HostEvent.Other(var other) => transition(device, other),
    };
}
