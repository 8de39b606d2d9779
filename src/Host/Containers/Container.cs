using RbpfSpec.Host.Helpers;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Host.Containers;

/// <summary>The trap that stopped a container.</summary>
/// <param name="Trap">Why.</param>
/// <param name="Slot">At which slot of the program.</param>
public sealed record Fault(Trap Trap, int Slot)
{
    /// <summary>The line of source of that slot: file, line and text; empty if it is not known.</summary>
    public string Source { get; init; } = "";

    /// <summary>For people.</summary>
    public override string ToString() => Source == "" ? $"trap {Trap} at slot {Slot}" : $"trap {Trap} at slot {Slot}, {Source}";
}

/// <summary>The part of its budget that a run used.</summary>
/// <param name="Branches">Taken branches and local calls.</param>
/// <param name="Instructions">Instructions; a wide one counts once.</param>
public sealed record Usage(ulong Branches, ulong Instructions);

/// <summary>An application in the store, and all that is its own.</summary>
/// <param name="Application">The program and its conditions.</param>
/// <param name="IsStarted">Whether events run it.</param>
/// <param name="Local">Its key/value store.</param>
public sealed record Container(Application Application, bool IsStarted, Store<Word> Local)
{
    /// <summary>Its handles.</summary>
    public HandleTable Handles { get; init; } = HandleTable.Empty;

    /// <summary>When it asked to be run again, in microseconds; null if it did not.</summary>
    public ulong? Wakeup { get; init; }

    /// <summary>How often it was run since the device began.</summary>
    public ulong Runs { get; init; }

    /// <summary>The result of the latest run that ended; null if none did.</summary>
    public ulong? Result { get; init; }

    /// <summary>The part of its budget that the latest run used; null if it was not run.</summary>
    public Usage? Used { get; init; }

    /// <summary>The trap that stopped it; null if none did.</summary>
    public Fault? Fault { get; init; }

    /// <summary>An application as it is when installed: started, its store empty.</summary>
    public static Container Of(Application application) =>
        new(application, IsStarted: true, Store<Word>.Empty(Store<Word>.DefaultCapacity));
}
