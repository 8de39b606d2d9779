using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Host.Model;

/// <summary>The part of a container that survives a loss of power.</summary>
/// <param name="Application">The program and its conditions.</param>
/// <param name="IsStarted">Whether events run it.</param>
/// <param name="Local">Its key/value store.</param>
public sealed record PersistedContainer(Application Application, bool IsStarted, Store<Word> Local);

/// <summary>The part of a device that survives a loss of power; a shell writes it down before it sends what a step sends.</summary>
/// <param name="Slots">The application store.</param>
/// <param name="Global">The key/value store of all containers.</param>
/// <param name="Entries">For each hook its containers.</param>
/// <param name="Numbers">For each slot the sequence number of the last signed update that was accepted; 0 if none was.</param>
public sealed record Persisted(
    Sequence<PersistedContainer?> Slots, Store<Word> Global, Sequence<Sequence<HookEntry>> Entries, Sequence<ulong> Numbers)
{
    /// <summary>The part of a device that survives.</summary>
    public static Persisted Of(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new(
            device.Slots.Map(container => container is null
                ? null
                : new PersistedContainer(container.Application, container.IsStarted, container.Local)),
            device.Global,
            device.Hooks.Map(hook => hook.Entries),
            device.Numbers);
    }

    /// <summary>Whether the same survives of two devices, which have the same settings; quick if they share what did not change.</summary>
    public static bool IsSame(Device one, Device other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(one, other)) return true;
        if (!ReferenceEquals(one.Global, other.Global) && one.Global != other.Global) return false;
        if (one.Numbers != other.Numbers) return false;
        for (var i = 0; i < one.Slots.Count; i++)
        {
            if (!IsSame(one.Slots[i], other.Slots[i])) return false;
        }

        for (var i = 0; i < one.Hooks.Count; i++)
        {
            if (!ReferenceEquals(one.Hooks[i], other.Hooks[i]) && one.Hooks[i].Entries != other.Hooks[i].Entries) return false;
        }

        return true;
    }

    private static bool IsSame(Container? one, Container? other)
    {
        if (ReferenceEquals(one, other)) return true;
        return one is not null && other is not null
            && one.IsStarted == other.IsStarted
            && (ReferenceEquals(one.Application, other.Application)
                || (one.Application.Equals(other.Application) && one.Application.Lines == other.Application.Lines))
            && (ReferenceEquals(one.Local, other.Local) || one.Local == other.Local);
    }
}
