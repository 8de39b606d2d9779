using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Dashboard.Recording;

/// <summary>Remembers what a device does not: earlier values of its sensors, updates, and what containers printed.</summary>
/// <remarks>All of it is bounded. One thread tells it, and any may read.</remarks>
public sealed class Recorder
{
    /// <summary>How many points of a sensor are kept.</summary>
    public const int Points = 600;

    /// <summary>How many updates are kept.</summary>
    public const int Updates = 100;

    /// <summary>How many printed texts are kept.</summary>
    public const int Prints = 100;

    // In milliseconds. What comes within it of the point before takes its place: so a minute at least is kept.
    internal const long Spacing = 100;

    private const int LongestText = 500;

    private readonly Lock guard = new();
    private readonly TimeProvider time;
    private readonly Ring<Point>[] sensors;
    private readonly Ring<Update> updates = new(Updates);
    private readonly Ring<Print> prints = new(Prints);

    /// <summary>Remembers nothing yet but the values with which the sensors begin.</summary>
    /// <param name="source">The sensors of the device.</param>
    /// <param name="time">Tells the time of day.</param>
    public Recorder(ISensorSource source, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(time);
        this.time = time;
        Began = Now;
        sensors = [.. source.Sensors.Select(_ => new Ring<Point>(Points))];
        Sensors = new RecordedSensors(source, this);
        for (var i = 0; i < sensors.Length; i++)
        {
            if (source.Sensors[i].Reading is { } reading) Sampled(i, reading);
        }
    }

    /// <summary>The sensors, such that what they yield is remembered: a device is to take them in the place of those it has.</summary>
    public ISensorSource Sensors { get; }

    /// <summary>When it began, in milliseconds since 1970.</summary>
    internal long Began { get; }

    /// <summary>The time, in milliseconds since 1970.</summary>
    internal long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Remembers an effect of the device, if it is one of those that are remembered.</summary>
    public void Tell(DeviceEffect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        switch (effect)
        {
            case DeviceEffect.Updated(var slot, var digest, var number):
                lock (guard) updates.Add(new(Now, slot, digest, number, null));
                break;
            case DeviceEffect.UpdateRefused(var slot, var problem):
                lock (guard) updates.Add(new(Now, slot, 0, 0, problem));
                break;
            case DeviceEffect.Printed(var slot, var text):
                lock (guard) prints.Add(new(Now, slot, text.Length > LongestText ? $"{text[..LongestText]}…" : text));
                break;
            case DeviceEffect.Actuated(var sensor, var reading):
                Sampled(sensor, reading);
                break;
            case DeviceEffect.Send or DeviceEffect.Ran or DeviceEffect.Stopped or DeviceEffect.Passed or DeviceEffect.Refused:
                break;
        }
    }

    /// <summary>Remembers values of a sensor.</summary>
    /// <param name="sensor">Its place in the registry.</param>
    /// <param name="reading">The values; null if reading fails.</param>
    internal void Sampled(int sensor, Reading? reading)
    {
        if (sensor < 0 || sensor >= sensors.Length) return;
        var point = new Point(Now, Scaled.Values(reading));
        lock (guard)
        {
            var ring = sensors[sensor];
            if (ring.Count > 1 && point.At - ring.Latest.At < Spacing) ring.Latest = ring.Latest with { Values = point.Values };
            else ring.Add(point);
        }
    }

    /// <summary>The points of a sensor, the oldest first.</summary>
    internal Sequence<Point> PointsOf(int sensor)
    {
        lock (guard) return sensors[sensor].All();
    }

    /// <summary>The updates, the oldest first.</summary>
    internal Sequence<Update> UpdatesSoFar()
    {
        lock (guard) return updates.All();
    }

    /// <summary>The printed texts, the oldest first.</summary>
    internal Sequence<Print> PrintsSoFar()
    {
        lock (guard) return prints.All();
    }
}
