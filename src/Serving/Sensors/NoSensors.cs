using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>No sensors.</summary>
public sealed class NoSensors : ISensorSource
{
    public Sequence<Sensor> Sensors => [];

    public ulong? Due => null;

    public IEnumerable<DeviceEvent.Sample> Take(ulong now) => [];
}
