using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Dashboard.Recording;

/// <summary>Sensors whose values a recorder is told of as they are taken.</summary>
internal sealed class RecordedSensors(ISensorSource source, Recorder recorder) : ISensorSource
{
    public Sequence<Sensor> Sensors => source.Sensors;

    public ulong? Due => source.Due;

    public IEnumerable<DeviceEvent.Sample> Take(ulong now)
    {
        foreach (var sample in source.Take(now))
        {
            recorder.Sampled(sample.Sensor, sample.Reading);
            yield return sample;
        }
    }
}
