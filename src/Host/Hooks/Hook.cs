namespace RbpfSpec.Host.Hooks;

/// <summary>A container at a hook.</summary>
/// <param name="Slot">Its slot in the application store.</param>
/// <param name="Policy">Whether those behind it run.</param>
public sealed record HookEntry(int Slot, Policy Policy);

/// <summary>An event with the containers that it runs, in order.</summary>
/// <param name="Name">For people.</param>
/// <param name="Trigger">The event.</param>
/// <param name="Entries">The containers; one that is attached goes to the front.</param>
public sealed record Hook(string Name, Trigger Trigger, Sequence<HookEntry> Entries)
{
    /// <summary>Of a timer, when it comes next, in microseconds.</summary>
    public ulong Due { get; init; }

    /// <summary>How often it came since the device began.</summary>
    public ulong Times { get; init; }

    /// <summary>The hook with a container at its front, and no longer elsewhere at it.</summary>
    public Hook With(HookEntry entry) => this with { Entries = [entry, .. Without(entry.Slot).Entries] };

    /// <summary>The hook without a container.</summary>
    public Hook Without(int slot) => this with { Entries = Entries.Where(entry => entry.Slot != slot).ToSequence() };
}
