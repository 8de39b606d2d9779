using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>A sensor whose value stays, or an actuator.</summary>
/// <param name="sensor">As it begins.</param>
public sealed class FixedSource(Sensor sensor) : ISensorSource
{
    public Sequence<Sensor> Sensors { get; } = [sensor];

    public ulong? Due => null;

    public IEnumerable<DeviceEvent.Sample> Take(ulong now) => [];
}
