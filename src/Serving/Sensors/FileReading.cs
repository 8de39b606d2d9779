using System.Globalization;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>Files that hold a number, as Linux has them for sensors under <c>/sys/class/hwmon</c> and <c>/sys/class/thermal</c>.</summary>
public static class FileReading
{
    // A number of 64 bits with its sign and the end of the line.
    private const int MostBytes = 24;

    // Of the kernel's documentation, hwmon/sysfs-interface: the beginning of a name, the unit, the power of ten, and the class.
    private static readonly (string Start, byte Unit, sbyte Scale, byte Type)[] Layout =
    [
        ("temp", Reading.Celsius, -3, 0x82),
        ("in", 13, -3, 0x8a),
        ("curr", 12, -3, 0x80),
        ("power", 14, -6, 0x80),
        ("humidity", 25, -3, 0x83),
    ];

    /// <summary>Unit, power of ten and class of a file with a name such as <c>temp1_input</c>; zeros and any sensor if it says
    /// none.</summary>
    public static (byte Unit, sbyte Scale, byte Type) LayoutOf(string path)
    {
        var name = Path.GetFileName(path);
        foreach (var (start, unit, scale, type) in Layout)
        {
            var rest = name.StartsWith(start, StringComparison.Ordinal) ? name[start.Length..].TrimStart([.. "0123456789"]) : null;
            if (rest is "" or "_input" or "_average") return (unit, scale, type);
        }

        return (0, 0, 0x80);
    }

    /// <summary>The value in a file; null if it cannot be read, or holds no number.</summary>
    public static Reading? Read(string path, byte unit, sbyte scale)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
            Span<byte> bytes = stackalloc byte[MostBytes];
            var count = file.ReadAtLeast(bytes, MostBytes, throwOnEndOfStream: false);
            var text = System.Text.Encoding.ASCII.GetString(bytes[..count]).Trim();
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Fitting.Fit(number, unit, scale)
                : null;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
