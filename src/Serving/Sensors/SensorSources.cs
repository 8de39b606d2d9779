using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Several sources as one: their sensors one after the other, their values in the order of time.</summary>
public sealed class SensorSources : ISensorSource
{
    private readonly Sequence<(ISensorSource Source, int First)> sources;

    /// <summary>Sources, in the order of their sensors.</summary>
    public SensorSources(Sequence<ISensorSource> sources)
    {
        var first = 0;
        List<(ISensorSource, int)> placed = [];
        foreach (var source in sources)
        {
            placed.Add((source, first));
            first += source.Sensors.Count;
        }

        this.sources = placed.ToSequence();
        Sensors = [.. sources.SelectMany(source => source.Sensors)];
    }

    public Sequence<Sensor> Sensors { get; }

    public ulong? Due
    {
        get
        {
            ulong? due = null;
            foreach (var (source, _) in sources)
            {
                if (source.Due is { } next && !(due <= next)) due = next;
            }

            return due;
        }
    }

    public IEnumerable<DeviceEvent.Sample> Take(ulong now)
    {
        while (Due is { } due && due <= now)
        {
            foreach (var (source, first) in sources)
            {
                if (source.Due != due) continue;
                foreach (var sample in source.Take(due)) yield return sample with { Sensor = first + sample.Sensor };
            }
        }
    }
}
