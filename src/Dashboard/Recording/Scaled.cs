using System.Globalization;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Dashboard.Recording;

/// <summary>Readings as people read them: in their unit, without a scale.</summary>
internal static class Scaled
{
    // In the order of RIOT's phydat.h (sys/include/phydat.h), from UNIT_UNDEF on.
    private static readonly string[] Units =
    [
        "", "", "°C", "°F", "K", "lx", "m", "m²", "m³", "g", "°/s", "g", "A", "V", "W", "G", "T", "dBm", "C", "F", "Ω", "pH", "bar", "Pa",
        "cd", "", "counts", "%", "‰", "ppm", "ppb", "", "", "g/m³", "1/m³",
    ];

    /// <summary>The values of the dimensions of a reading, the numbers nearest to them; none of no reading.</summary>
    public static Sequence<double> Values(Reading? reading) => reading is null
        ? []
        : ((short[])[reading.First, reading.Second, reading.Third])
            .Take(reading.Dimensions)
            .Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}E{reading.Scale}"))
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture))
            .ToSequence();

    /// <summary>The sign of a unit; empty if it has none, or is not known.</summary>
    public static string Unit(byte unit) => unit < Units.Length ? Units[unit] : "";
}
