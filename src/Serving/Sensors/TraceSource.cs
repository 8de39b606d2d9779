using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Values that were written down, with their times.</summary>
public sealed class TraceSource : ISensorSource
{
    private readonly Sequence<TraceLine> lines;
    private readonly Dictionary<string, int> places = [];
    private int next;

    /// <summary>A source of a trace.</summary>
    /// <param name="lines">In the order of their times.</param>
    /// <param name="type">The class of the sensor of a name.</param>
    public TraceSource(Sequence<TraceLine> lines, Func<TraceLine, byte> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        List<Sensor> sensors = [];
        foreach (var line in lines)
        {
            if (places.TryAdd(line.Sensor, sensors.Count)) sensors.Add(new(line.Sensor, type(line), null));
        }

        // What there is at the start is there before anything runs.
        this.lines = lines;
        for (; next < lines.Count && lines[next].Milliseconds == 0; next++)
        {
            var place = places[lines[next].Sensor];
            sensors[place] = sensors[place] with { Reading = lines[next].Reading };
        }

        Sensors = sensors.ToSequence();
    }

    public Sequence<Sensor> Sensors { get; }

    public ulong? Due => next < lines.Count ? lines[next].Milliseconds * 1000 : null;

    public IEnumerable<DeviceEvent.Sample> Take(ulong now)
    {
        while (Due <= now)
        {
            var line = lines[next++];
            yield return new(places[line.Sensor], line.Reading);
        }
    }
}
