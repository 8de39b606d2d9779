using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Serving.Tests.Sensors;

public sealed class SensorSourcesTests
{
    [Fact]
    public void Sensors_follow_one_another_and_their_values_the_time()
    {
        var sources = new SensorSources(
        [
            new PeriodicSource("slow", 1, 30, Number), new FixedSource(new("fixed", 2, null)), new PeriodicSource("quick", 3, 20, Number),
        ]);

        sources.Sensors.Select(sensor => sensor.Name).ShouldBe(["slow", "fixed", "quick"]);
        sources.Due.ShouldBe(20ul);
        sources.Take(60).Select(one => (one.Sensor, (int)one.Reading!.First)).ShouldBe([(2, 1), (0, 1), (2, 2), (0, 2), (2, 3)]);
        sources.Take(60).ShouldBeEmpty();
        sources.Due.ShouldBe(80ul);
    }

    [Fact]
    public void Without_sources_nothing_is_due() => new SensorSources([]).Due.ShouldBeNull();

    private static Reading? Number(ulong number) => Reading.Of((short)number, 0, 0);
}
