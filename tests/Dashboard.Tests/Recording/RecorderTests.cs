using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Dashboard.Tests.Recording;

/// <summary>The recorder remembers what it is told, and no more than its limits.</summary>
public sealed class RecorderTests
{
    private readonly GivenTime time = new();
    private readonly GivenSensors sensors = new();
    private readonly Recorder recorder;

    public RecorderTests() => recorder = new(sensors, time);

    [Fact]
    public void Sensors_begin_with_what_they_read()
    {
        recorder.PointsOf(0).ShouldBe([new(time.Now, [27.16])]);
        recorder.PointsOf(2).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_device_takes_is_what_the_sensors_yield_and_is_remembered()
    {
        sensors.Give(0, Reading.Of(2800, Reading.Celsius, -2));
        sensors.Give(0, null);
        time.Now += 1000;

        recorder.Sensors.Due.ShouldBe(0UL);
        recorder.Sensors.Sensors.ShouldBe(sensors.Sensors);
        foreach (var sample in recorder.Sensors.Take(5))
        {
            sample.Sensor.ShouldBe(0);
            time.Now += 1000;
        }

        recorder.PointsOf(0).ShouldBe([new(time.Now - 3000, [27.16]), new(time.Now - 2000, [28.0]), new(time.Now - 1000, [])]);
    }

    [Fact]
    public void A_flood_of_samples_keeps_the_latest_and_a_minute_at_least()
    {
        var began = time.Now;
        for (var i = 0; i < 100_000; i++)
        {
            time.Now++;
            recorder.Sampled(0, Reading.Of((short)(i % 1000), 1, 0));
        }

        var points = recorder.PointsOf(0);
        points.Count.ShouldBe(Recorder.Points);
        points[^1].Values.ShouldBe([999.0]);
        (points[^1].At - points[0].At).ShouldBeGreaterThanOrEqualTo((Recorder.Points - 1) * Recorder.Spacing);
        points[0].At.ShouldBeGreaterThan(began);
    }

    [Fact]
    public void A_sensor_that_is_none_changes_nothing()
    {
        recorder.Sampled(-1, null);
        recorder.Sampled(3, null);
        recorder.PointsOf(2).ShouldBeEmpty();
    }

    [Fact]
    public void Updates_prints_and_actuators_are_remembered_and_nothing_else()
    {
        recorder.Tell(new DeviceEffect.Updated(1, 5, 7));
        recorder.Tell(new DeviceEffect.UpdateRefused(2, "not signed"));
        recorder.Tell(new DeviceEffect.Printed(0, "hello"));
        recorder.Tell(new DeviceEffect.Ran(0, 1));
        recorder.Tell(new DeviceEffect.Refused("no"));
        time.Now += 500;
        recorder.Tell(new DeviceEffect.Actuated(1, Reading.Of(1, 1, 0)));

        recorder.UpdatesSoFar().ShouldBe([new(time.Now - 500, 1, 5, 7, null), new(time.Now - 500, 2, 0, 0, "not signed")]);
        recorder.PrintsSoFar().ShouldBe([new(time.Now - 500, 0, "hello")]);
        recorder.PointsOf(1).ShouldBe([new(time.Now - 500, [0.0]), new(time.Now, [1.0])]);
    }

    [Fact]
    public void Logs_are_bounded_and_so_are_their_texts()
    {
        for (var i = 0; i < 1000; i++)
        {
            recorder.Tell(new DeviceEffect.UpdateRefused(i, "no"));
            recorder.Tell(new DeviceEffect.Printed(i, new string('x', 100_000)));
        }

        recorder.UpdatesSoFar().Select(update => update.Slot).ShouldBe(Enumerable.Range(1000 - Recorder.Updates, Recorder.Updates));
        recorder.PrintsSoFar().Count.ShouldBe(Recorder.Prints);
        recorder.PrintsSoFar().ShouldAllBe(print => print.Text.Length <= 501);
    }
}
