using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Helpers;

/// <summary>The things that a device puts behind the helpers of one run of a container.</summary>
/// <param name="Microseconds">The time, which stands still during a run.</param>
/// <param name="Sensors">The sensor registry.</param>
/// <param name="Handles">The handles of the container.</param>
public sealed record Facilities(ulong Microseconds, Sequence<Sensor> Sensors, HandleTable Handles)
{
    /// <summary>No device: time zero, no sensors, no exchange.</summary>
    public static Facilities None { get; } = new(0, [], HandleTable.Empty);

    /// <summary>The request that the run answers; null if it answers none.</summary>
    public Reply? Reply { get; init; }

    /// <summary>When the container asked to be run again, in microseconds; null if it did not.</summary>
    public ulong? Wakeup { get; init; }
}
