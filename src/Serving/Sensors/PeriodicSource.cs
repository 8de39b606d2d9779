using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>A sensor with a new value after each period.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its class, as in RIOT's <c>saul.h</c>.</param>
/// <param name="period">In microseconds, at least 1.</param>
/// <param name="value">The value of a number, counted from 0 at the start of the device; null while reading fails.</param>
public sealed class PeriodicSource(string name, byte type, ulong period, Func<ulong, Reading?> value) : ISensorSource
{
    private ulong next = 1;

    public Sequence<Sensor> Sensors { get; } = [new(name, type, value(0))];

    public ulong? Due => next <= ulong.MaxValue / period ? next * period : null;

    public IEnumerable<DeviceEvent.Sample> Take(ulong now)
    {
        while (Due <= now) yield return new(0, value(next++));
    }
}
