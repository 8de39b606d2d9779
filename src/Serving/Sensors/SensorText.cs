using System.Globalization;
using RbpfSpec.FileSystem;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Sensors as they are written: a kind, a name or a file, and parts <c>key=value</c>, as
/// <c>sine:temperature,mean=21</c>.</summary>
public static class SensorText
{
    private const byte AnySensor = 0x80;
    private const byte Temperature = 0x82;
    private const byte PulseCounter = 0x8d;
    private const byte Actuator = 0x40;
    private const double DefaultPeriod = 1;

    /// <summary>The forms, for people.</summary>
    public const string Expected =
        "expected trace:FILE, sine:NAME, counter:NAME, file:NAME,path=FILE, fixed:NAME,values=NUMBERS, or actuator:NAME, "
        + "with parts such as every=1 after commas";

    /// <summary>The source that a text says.</summary>
    public static SensorParsing Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var at = text.IndexOf(':', StringComparison.Ordinal);
        var fields = text[(at + 1)..].Split(',');
        if (text.Any(char.IsControl)) return Malformed($"'{text}' has a character that controls a terminal; expected none");
        if (at < 0 || fields[0] == "") return Malformed($"'{text}' is no sensor; {Expected}");
        var parts = new SensorParts(text, fields.AsSpan(1));
        var (kind, name) = (text[..at], fields[0]);
        SensorParsing parsed = kind switch
        {
            "trace" => Trace(name, parts),
            "sine" => Of(Sine(name, parts)),
            "counter" => Of(Counter(name, parts)),
            "file" => File(name, parts),
            "fixed" => Of(Fixed(name, parts)),
            "actuator" => Of(new FixedSource(new(
                name, (byte)parts.Whole("type", Actuator, 0, 255), Unscaled(parts, 0), IsActuator: true))),
            _ => Malformed($"'{text}' is no sensor; {Expected}"),
        };
        return parsed is SensorParsing.Malformed || parts.Problem is not { } problem ? parsed : Malformed(problem);
    }

    private static SensorParsing.Parsed Of(ISensorSource source) => new(source);

    private static SensorParsing.Malformed Malformed(string problem) => new(problem);

    private static PeriodicSource Sine(string name, SensorParts parts)
    {
        var every = parts.Real("every", DefaultPeriod, 0.001, 86_400);
        var wave = parts.Real("period", 60, 0.001, 31_622_400);
        return new(
            name,
            (byte)parts.Whole("type", Temperature, 0, 255),
            Microseconds(every),
            Generators.Sine(
                parts.Real("mean", 20, -1e9, 1e9),
                parts.Real("swing", 5, 0, 1e9),
                wave / every,
                parts.Real("noise", 0, 0, 1e9),
                (ulong)parts.Whole("seed", 1, 0, long.MaxValue),
                (byte)parts.Whole("unit", Reading.Celsius, 0, 255),
                (sbyte)parts.Whole("scale", -2, -128, 127)));
    }

    private static PeriodicSource Counter(string name, SensorParts parts)
    {
        var least = parts.Whole("least", 60, short.MinValue, short.MaxValue);
        return new(
            name,
            (byte)parts.Whole("type", PulseCounter, 0, 255),
            Microseconds(parts.Real("every", DefaultPeriod, 0.001, 86_400)),
            Generators.Counter(
                (short)least,
                (short)parts.Whole("greatest", Math.Max(120, least), least, short.MaxValue),
                (byte)parts.Whole("unit", 0, 0, 255),
                (sbyte)parts.Whole("scale", 0, -128, 127)));
    }

    private static FixedSource Fixed(string name, SensorParts parts)
    {
        var type = (byte)parts.Whole("type", AnySensor, 0, 255);
        var values = parts.Text("values", "");
        var reading = Unscaled(parts, 0) with { Dimensions = 0 };
        if (values == "fail") return new(new(name, type, null));
        var texts = values == "" ? [] : values.Split('/');
        var numbers = new short[3];
        for (var i = 0; i < Math.Min(texts.Length, 3); i++)
        {
            if (!short.TryParse(texts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
            {
                parts.Fail(
                    "values",
                    values,
                    $"up to three whole numbers from {short.MinValue} to {short.MaxValue} with / between them, or fail");
            }
        }

        if (texts.Length > 3) parts.Fail("values", values, "at most three");
        return new(new(name, type, reading with
        {
            Dimensions = Math.Min(texts.Length, 3),
            First = numbers[0],
            Second = numbers[1],
            Third = numbers[2],
        }));
    }

    private static Reading Unscaled(SensorParts parts, short value) => Reading.Of(
        value, (byte)parts.Whole("unit", 0, 0, 255), (sbyte)parts.Whole("scale", 0, -128, 127));

    private static SensorParsing File(string name, SensorParts parts)
    {
        var path = parts.Text("path", "");
        if (path == "") return Malformed($"'file:{name}' names no file; expected file:{name},path=FILE");
        var layout = FileReading.LayoutOf(path);
        var unit = (byte)parts.Whole("unit", layout.Unit, 0, 255);
        var scale = (sbyte)parts.Whole("scale", layout.Scale, -128, 127);
        var type = (byte)parts.Whole("type", layout.Type, 0, 255);
        var every = Microseconds(parts.Real("every", DefaultPeriod, 0.001, 86_400));

        // One that fails later yields nothing from then on; one that is not there at the start is a mistake.
        return FileReading.Read(path, unit, scale) is null
            ? Malformed($"'{path}' holds no number that can be read; expected a file such as /sys/class/hwmon/hwmon0/temp1_input")
            : Of(new PeriodicSource(name, type, every, _ => FileReading.Read(path, unit, scale)));
    }

    private static SensorParsing Trace(string path, SensorParts parts)
    {
        var type = parts.Has("type") ? (byte?)parts.Whole("type", 0, 0, 255) : null;
        try
        {
            return TraceReader.Read(Files.ReadText(path).Split('\n'), out var problem) is { } lines
                ? Of(new TraceSource(lines, line => type ?? (line.Reading?.Unit is Reading.Celsius ? Temperature : AnySensor)))
                : Malformed($"{path}: {problem}");
        }
        catch (FileException exception)
        {
            return Malformed(exception.Message);
        }
    }

    private static ulong Microseconds(double seconds) => (ulong)Math.Round(seconds * 1_000_000);
}
