using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Host.Helpers;

/// <summary>The helpers of the sensor registry, which RIOT calls SAUL.</summary>
/// <remarks>Deviation D-22: a device is named by a handle of the container, never by its address.</remarks>
public static class SensorHelpers
{
    /// <summary>0x30 <c>saul_reg_find_nth</c>.</summary>
    public static HostHelper<Word> FindNth { get; } = new(HostParts.Handles, new(
        new(0x30, "saul_reg_find_nth", "The handle of the sensor at the place r1 of the registry, counted from 0; 0 if there is none.",
            [Value]),
        call => Find(call, (sensors, asked) => (int)(uint)asked.Value is var place && place >= 0 && place < sensors.Count ? place : -1)));

    /// <summary>0x31 <c>saul_reg_find_type</c>.</summary>
    public static HostHelper<Word> FindType { get; } = new(HostParts.Handles, new(
        new(0x31, "saul_reg_find_type", "The handle of the first sensor whose type is the low 8 bits of r1; 0 if there is none.",
            [Value]),
        call => Find(call, (sensors, asked) => sensors.Index()
            .Where(each => each.Item.Type == (byte)asked.Value)
            .Select(each => each.Index)
            .DefaultIfEmpty(-1)
            .First())));

    /// <summary>0x32 <c>saul_reg_read</c>.</summary>
    public static HostHelper<Word> Read { get; } = new(HostParts.None, new(
        new(0x32, "saul_reg_read",
            "Writes the values of the sensor with the handle r1 to the 8 bytes at r2: three of 16 bits, unit, scale; "
            + "the result is how many of them count, or a negative error.",
            [Value, new ArgumentKind.Writable(new ByteCount.Fixed(Reading.Size))]),
        call => Sensed(call, reading => reading.Word)));

    /// <summary>0x33 <c>saul_reg_write</c>.</summary>
    public static HostHelper<Word> Write { get; } = new(HostParts.Sensors, new(
        new(0x33, "saul_reg_write",
            "Sets the actuator with the handle r1 to the 8 bytes at r2; the result is how many values count, or a negative error.",
            [Value, new ArgumentKind.Readable(new ByteCount.Fixed(Reading.Size))]),
        Written));

    /// <summary>0x34 <c>saul_reg_read_temp</c>.</summary>
    public static HostHelper<Word> ReadFirst { get; } = new(HostParts.None, new(
        new(0x34, "saul_reg_read_temp",
            "Writes the first value of the sensor with the handle r1, with its sign, to the 4 bytes at r2; "
            + "the result is as of saul_reg_read.",
            [Value, new ArgumentKind.Writable(new ByteCount.Fixed(4))]),
        call => Sensed(call, reading => Word.Wrap((ulong)(long)reading.First, Width.Bits32))));

    private static ArgumentKind Value => new ArgumentKind.Value();

    private static HelperResult<Word> Find(HelperCall<Word> call, Func<Sequence<Sensor>, Word, int> place)
    {
        var facilities = call.State.Facilities;
        var found = place(facilities.Sensors, call.Arguments[0]);
        if (found < 0) return new(Word.Of(0), call.State, []);
        var handle = facilities.Handles.HandleOf(found, out var handles);
        return new(Word.Of(handle), call.State.WithFacilities(facilities with { Handles = handles }), []);
    }

    private static HelperResult<Word> Sensed(HelperCall<Word> call, Func<Reading, Word> written)
    {
        if (SensorOf(call) is not { } index) return Error(call, SensorError.NoDevice);
        return call.State.Facilities.Sensors[index].Reading is { } reading
            ? new(Word.Of((ulong)reading.Dimensions), call.State, [new(2, Word.Of(0), written(reading))])
            : Error(call, SensorError.Canceled);
    }

    private static HelperResult<Word> Written(HelperCall<Word> call)
    {
        if (SensorOf(call) is not { } index) return Error(call, SensorError.NoDevice);
        var facilities = call.State.Facilities;
        var sensor = facilities.Sensors[index];
        if (!sensor.IsActuator) return Error(call, SensorError.NotSupported);
        var dimensions = sensor.Reading?.Dimensions ?? 1;
        var reading = Reading.Of(call.Views[1].Read(Word.Of(0), Width.Bits64), dimensions);
        var sensors = facilities.Sensors.With(index, sensor with { Reading = reading });
        return new(Word.Of((ulong)dimensions), call.State.WithFacilities(facilities with { Sensors = sensors }), []);
    }

    private static int? SensorOf(HelperCall<Word> call) => call.State.Facilities.Handles.SensorOf(call.Arguments[0].Value);

    private static HelperResult<Word> Error(HelperCall<Word> call, int error) => new(Word.Of((ulong)(long)error), call.State, []);
}
