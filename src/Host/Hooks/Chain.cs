using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Hooks;

/// <summary>Containers that an event ran, one after the other.</summary>
/// <param name="Step">The device, and what it does.</param>
/// <param name="Handed">What the last one left of what the event handed them.</param>
/// <param name="Last">The slot of the last one that ran; null if none did.</param>
public sealed record Chain(Step Step, Handed Handed, int? Last)
{
    /// <summary>Whether the last one that ran was stopped by a trap, and which.</summary>
    public Fault? Fault => Last is { } slot ? Step.Device.At(slot)?.Fault : null;

    /// <summary>The result of the last one that ran, 64 bits with a sign; null if none did, or it was stopped by a trap.</summary>
    public long? Result => Last is { } slot && Step.Device.At(slot) is { Fault: null, Result: { } result } ? (long)result : null;

    /// <summary>Runs the containers of a hook that are started, as their policies say.</summary>
    /// <remarks>A container that a trap stops ends no chain: those behind it run with what it was handed.</remarks>
    public static Chain Of(Device device, Sequence<HookEntry> entries, Handed handed)
    {
        var chain = new Chain(Step.Of(device), handed, null);
        foreach (var entry in entries)
        {
            if (chain.Step.Device.At(entry.Slot) is not { IsStarted: true }) continue;
            chain = chain.With(entry.Slot);
            if (entry.Policy.Ends(chain.Result.HasValue, chain.Result.GetValueOrDefault())) break;
        }

        return chain;
    }

    /// <summary>Runs one container, which is started.</summary>
    public static Chain Of(Device device, int slot, Handed handed) => new Chain(Step.Of(device), handed, null).With(slot);

    private Chain With(int slot)
    {
        var before = Step.Device;
        var run = ContainerRun.Of(
            before.Slots[slot]!, new(before.Global, before.Sensors), Handed, before.Now, before.Settings.Machine);
        var device = before with
        {
            Slots = before.Slots.With(slot, run.Container),
            Global = run.Shared.Global,
            Sensors = run.Shared.Sensors,
        };
        DeviceEffect ended = run.Container.Fault is { } fault
            ? new DeviceEffect.Stopped(slot, fault)
            : new DeviceEffect.Ran(slot, run.Container.Result!.Value);
        return new(new(device, [.. Step.Effects.AsSpan(), .. Done(before, device, slot, run).AsSpan(), ended]), run.Handed, slot);
    }

    // What a run did to the world, in order: what it printed, and then its actuators.
    private static Sequence<DeviceEffect> Done(Device before, Device device, int slot, ContainerRun run)
    {
        if (run.Output.IsEmpty && device.Sensors.IsSame(before.Sensors)) return [];
        List<DeviceEffect> effects = [.. run.Output.Select(text => new DeviceEffect.Printed(slot, text))];
        for (var i = 0; i < device.Sensors.Count; i++)
        {
            if (device.Sensors[i] != before.Sensors[i] && device.Sensors[i].Reading is { } reading)
                effects.Add(new DeviceEffect.Actuated(i, reading));
        }

        return effects.ToSequence();
    }
}
