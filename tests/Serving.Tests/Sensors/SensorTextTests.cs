using RbpfSpec.Host.Sensors;
using RbpfSpec.Serving.Sensors;

namespace RbpfSpec.Serving.Tests.Sensors;

public sealed class SensorTextTests : Scratch
{
    [Fact]
    public void A_sine_stays_around_its_mean_and_a_seed_decides_it()
    {
        const string Text = "sine:temperature,mean=21.5,swing=5,period=10,noise=0.25,seed=7";
        var values = Values(Text, 100);

        values.ShouldAllBe(one => one!.First >= 1625 && one.First <= 2675 && one.Unit == Reading.Celsius && one.Scale == -2);
        values.Max(one => one!.First).ShouldBeGreaterThan((short)2550);
        values.Min(one => one!.First).ShouldBeLessThan((short)1750);
        Values(Text, 100).ShouldBe(values);
        Values(Text.Replace("seed=7", "seed=8", StringComparison.Ordinal), 100).ShouldNotBe(values);
    }

    [Fact]
    public void A_sine_without_noise_is_one()
    {
        Values("sine:t,mean=0,swing=100,period=4,scale=0", 5).Select(one => (int)one!.First).ShouldBe([0, 100, 0, -100, 0]);
        Source("sine:t").Sensors.ShouldHaveSingleItem().Type.ShouldBe((byte)0x82);
    }

    [Fact]
    public void A_sine_that_is_too_large_has_another_scale() =>
        Values("sine:t,mean=1000,swing=0", 1).ShouldHaveSingleItem().ShouldBe(Reading.Of(10000, Reading.Celsius, -1));

    [Fact]
    public void A_counter_goes_up_and_down() =>
        Values("counter:heart,least=60,greatest=63", 9).Select(one => (int)one!.First).ShouldBe([60, 61, 62, 63, 62, 61, 60, 61, 62]);

    [Fact]
    public void A_counter_has_all_values_there_are() =>
        Values("counter:c,least=-32768,greatest=32767", 65_537).Select(one => one!.First).Distinct().Count().ShouldBe(65_536);

    [Fact]
    public void A_fixed_sensor_has_up_to_three_values()
    {
        Source("fixed:limits,values=-32768/32767,scale=3").Sensors.ShouldBe([new("limits", 0x80, new(2, short.MinValue, short.MaxValue,
            0, 0, 3))]);
        Source("fixed:nothing").Sensors[0].Reading.ShouldBe(new(0, 0, 0, 0, 0, 0));
        Source("fixed:broken,values=fail").Sensors[0].Reading.ShouldBeNull();
    }

    [Fact]
    public void An_actuator_can_be_written() =>
        Source("actuator:lamp,type=0x45").Sensors.ShouldBe([new("lamp", 0x45, Reading.Of(0, 0, 0), IsActuator: true)]);

    [Fact]
    public void A_file_is_read_each_time()
    {
        var file = Write("temp1_input", "45500\n");
        var source = Source($"file:cpu,path={file},every=0.5");

        source.Sensors.ShouldBe([new("cpu", 0x82, Reading.Of(4550, Reading.Celsius, -2))]);
        source.Due.ShouldBe(500_000ul);
        Write("temp1_input", "-273150");
        source.Take(500_000).ToList().ShouldHaveSingleItem().Reading.ShouldBe(Reading.Of(-27315, Reading.Celsius, -2));
        Write("temp1_input", "hot");
        source.Take(1_000_000).ToList().ShouldHaveSingleItem().Reading.ShouldBeNull();
        File.Delete(file);
        source.Take(1_500_000).ToList().ShouldHaveSingleItem().Reading.ShouldBeNull();
        Write("temp1_input", "12");
        source.Take(2_000_000).ToList().ShouldHaveSingleItem().Reading.ShouldBe(Reading.Of(12, Reading.Celsius, -3));
    }

    [Fact]
    public void A_trace_has_the_sensors_that_it_names()
    {
        var source = Source($"trace:{Write("day.csv", "0,t,2700,,,2,-2\n0,x,1,2,3\n10,t,2710,,,2,-2\n10,x,fail\n20,t\n")}");

        source.Sensors.ShouldBe([new("t", 0x82, Reading.Of(2700, 2, -2)), new("x", 0x80, new(3, 1, 2, 3, 0, 0))]);
        source.Due.ShouldBe(10_000ul);
        source.Take(15_000).Select(one => (one.Sensor, one.Reading)).ShouldBe([(0, Reading.Of(2710, 2, -2)), (1, null)]);
        source.Take(20_000).ToList().ShouldHaveSingleItem().Reading!.Dimensions.ShouldBe(0);
        source.Due.ShouldBeNull();
    }

    [Theory]
    [InlineData("temperature", "'temperature' is no sensor; expected trace:FILE, ")]
    [InlineData("sine:", "'sine:' is no sensor; expected trace:FILE, ")]
    [InlineData("square:t", "'square:t' is no sensor; expected trace:FILE, ")]
    [InlineData("sine:t,mean", "'sine:t,mean': 'mean' says nothing; expected key=value")]
    [InlineData("sine:t,every=0", "'sine:t,every=0': every '0'; expected a number from 0.001 to 86400")]
    [InlineData("sine:t,mean=NaN", "'sine:t,mean=NaN': mean 'NaN'; expected a number from -1000000000 to 1000000000")]
    [InlineData("sine:t,mean=1,mean=2", "'sine:t,mean=1,mean=2': mean comes twice")]
    [InlineData("sine:t,type=0x100", "'sine:t,type=0x100': type '0x100'; expected a whole number from 0 to 255")]
    [InlineData("counter:c,seed=1", "'counter:c,seed=1': seed says nothing here; expected every, greatest, least, scale, type, unit")]
    [InlineData("counter:c,least=5,greatest=4", "'counter:c,least=5,greatest=4': greatest '4'; expected a whole number from 5 to 32767")]
    [InlineData("fixed:f,values=1/2/3/4", "'fixed:f,values=1/2/3/4': values '1/2/3/4'; expected at most three")]
    [InlineData("fixed:f,values=40000",
        "'fixed:f,values=40000': values '40000'; expected up to three whole numbers from -32768 to 32767 with / between them, or fail")]
    [InlineData("sine:t\u001b[31m", "'sine:t\u001b[31m' has a character that controls a terminal; expected none")]
    [InlineData("actuator:a\nb", "'actuator:a\nb' has a character that controls a terminal; expected none")]
    [InlineData("file:cpu", "'file:cpu' names no file; expected file:NAME,path=FILE")]
    [InlineData("file:cpu,path=/nowhere/temp1_input",
        "'/nowhere/temp1_input' holds no number that can be read; expected a file such as /sys/class/hwmon/hwmon0/temp1_input")]
    public void What_is_none_is_told(string text, string problem) =>
        SensorText.Parse(text).ShouldBeOfType<SensorParsing.Malformed>().Problem.ShouldStartWith(
            problem.Replace("file:NAME", "file:cpu", StringComparison.Ordinal));

    [Fact]
    public void A_bad_line_of_a_trace_is_told_with_its_file()
    {
        var file = Write("day.csv", "0,t,1\n1,t,one\n");

        SensorText.Parse($"trace:{file}").ShouldBe(
            new SensorParsing.Malformed($"{file}: line 2: val0 'one'; expected a whole number from -32768 to 32767, or fail"));
    }

    [Fact]
    public void A_trace_that_is_no_file_or_has_no_end_is_told()
    {
        SensorText.Parse("trace:/").ShouldBe(new SensorParsing.Malformed("'/' is a folder; expected a file"));
        if (!OperatingSystem.IsWindows())
        {
            SensorText.Parse("trace:/dev/zero").ShouldBeOfType<SensorParsing.Malformed>().Problem
                .ShouldStartWith("'/dev/zero' has more than ");
        }
    }

    private static ISensorSource Source(string text) => SensorText.Parse(text).ShouldBeOfType<SensorParsing.Parsed>().Source;

    // The first ones, a second apart.
    private static List<Reading?> Values(string text, int count)
    {
        var source = Source(text);
        return [source.Sensors[0].Reading, .. source.Take((ulong)(count - 1) * 1_000_000).Select(one => one.Reading)];
    }
}
