using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Model;

/// <summary>The whole state of a device; a persistent value, changed by <see cref="DeviceSteps.Step"/> alone.</summary>
/// <param name="Settings">What no event changes.</param>
/// <param name="Slots">The application store; null is a free slot.</param>
/// <param name="Global">The key/value store of all containers.</param>
/// <param name="Hooks">The hooks with their containers.</param>
/// <param name="Sensors">The sensor registry.</param>
/// <param name="Now">The time, in microseconds.</param>
public sealed record Device(
    DeviceSettings Settings,
    Sequence<Container?> Slots,
    Store<Word> Global,
    Sequence<Hook> Hooks,
    Sequence<Sensor> Sensors,
    ulong Now)
{
    /// <summary>For each slot the sequence number of the last signed update that was accepted; 0 if none was.</summary>
    public Sequence<ulong> Numbers { get; init; } = Slots.Map(_ => 0ul);

    /// <summary>The uploads under way.</summary>
    public Sequence<Transfer> Transfers { get; init; }

    /// <summary>The clients that are told of changes.</summary>
    public Sequence<Observer> Observers { get; init; }

    /// <summary>The messages that came, the latest last.</summary>
    public RememberedQueue Remembered { get; init; } = RememberedQueue.None;

    /// <summary>The id of the next message that is no acknowledgement.</summary>
    public ushort NextMessageId { get; init; }

    /// <summary>When something is due, in microseconds; null if nothing is.</summary>
    public ulong? Due
    {
        get
        {
            ulong? due = null;
            foreach (var hook in Hooks) due = Earlier(due, hook.Trigger is Trigger.Timer ? hook.Due : null);
            foreach (var container in Slots) due = Earlier(due, container is { IsStarted: true } ? container.Wakeup : null);
            foreach (var observer in Observers) due = Earlier(due, observer.Waiting?.Due);
            return due;
        }
    }

    /// <summary>A device without applications, at time zero.</summary>
    /// <exception cref="ArgumentException">There are <see cref="DeviceSettings.Problems"/>.</exception>
    public static Device Of(DeviceSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Problems() is { IsEmpty: false } problems) throw new ArgumentException(problems[0], nameof(settings));
        return new(
            settings,
            Sequence.Generate<Container?>(settings.Slots, _ => null),
            Store<Word>.Empty(Store<Word>.DefaultCapacity),
            settings.Hooks.Map(hook => hook.Trigger is Trigger.Timer timer ? hook with { Due = timer.Period } : hook),
            settings.Sensors,
            Now: 0);
    }

    /// <summary>A device that begins anew, at time zero, with what survived.</summary>
    /// <exception cref="ArgumentException">What survived is of a device with other slots or hooks.</exception>
    public static Device Of(DeviceSettings settings, Persisted persisted)
    {
        ArgumentNullException.ThrowIfNull(persisted);
        var device = Of(settings);
        if (persisted.Slots.Count != device.Slots.Count || persisted.Entries.Count != device.Hooks.Count)
        {
            throw new ArgumentException(
                $"{persisted.Slots.Count} slots and {persisted.Entries.Count} hooks survived, of a device with {device.Slots.Count} and "
                + $"{device.Hooks.Count}",
                nameof(persisted));
        }

        if (persisted.Numbers.Count != device.Slots.Count)
        {
            throw new ArgumentException(
                $"{persisted.Numbers.Count} sequence numbers survived, of a device with {device.Slots.Count} slots", nameof(persisted));
        }

        return device with
        {
            Slots = persisted.Slots.Map(kept => kept is null ? null : new Container(kept.Application, kept.IsStarted, kept.Local)),
            Global = persisted.Global,
            Numbers = persisted.Numbers,
            Hooks = Sequence.Generate(device.Hooks.Count, index => device.Hooks[index] with { Entries = persisted.Entries[index] }),
        };
    }

    /// <summary>The container in a slot; null if the slot is free, or there is none of this number.</summary>
    public Container? At(int slot) => slot >= 0 && slot < Slots.Count ? Slots[slot] : null;

    private static ulong? Earlier(ulong? one, ulong? other) => one < other || other is null ? one : other;

    /// <summary>The device with another container in a slot.</summary>
    internal Device With(int slot, Container? container) => this with { Slots = Slots.With(slot, container) };

    /// <summary>The device with another hook.</summary>
    internal Device With(int index, Hook hook) => this with { Hooks = Hooks.With(index, hook) };
}
