using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>The sensors of a device, with the values that they yield at times.</summary>
/// <remarks>It is used by one thread.</remarks>
public interface ISensorSource
{
    /// <summary>The sensor registry as it begins.</summary>
    Sequence<Sensor> Sensors { get; }

    /// <summary>When the next values come, in microseconds since the device began; null if none will.</summary>
    ulong? Due { get; }

    /// <summary>The values that are due, in order, and not again.</summary>
    /// <param name="now">The time, in microseconds since the device began; never before that of an earlier call.</param>
    IEnumerable<DeviceEvent.Sample> Take(ulong now);
}
