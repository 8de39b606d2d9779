namespace RbpfSpec.Host.Helpers;

/// <summary>The things of the host that a container may name: handles are their places in this table, counted from 1.</summary>
/// <remarks>A table belongs to one container: a number that another was given means nothing here, or another thing.</remarks>
/// <param name="Sensors">For each handle, the index in the sensor registry.</param>
public sealed record HandleTable(Sequence<int> Sensors)
{
    /// <summary>How many handles a container can have.</summary>
    public const int Capacity = 16;

    /// <summary>The table without handles.</summary>
    public static HandleTable Empty { get; } = new([]);

    /// <summary>The index of the sensor that a handle stands for; null if it stands for none.</summary>
    public int? SensorOf(ulong handle) => IsOne(handle, Sensors.Count) ? Sensors[PlaceOf(handle)] : null;

    /// <summary>The handle of a sensor: the one it has, or a new one; 0 if the table is full.</summary>
    /// <param name="sensor">Its index in the registry.</param>
    /// <param name="table">The table with the handle in it.</param>
    public ulong HandleOf(int sensor, out HandleTable table)
    {
        table = this;
        var place = Sensors.AsSpan().IndexOf(sensor);
        if (place >= 0) return HandleAt(place);
        if (Sensors.Count == Capacity) return 0;
        table = new(Sensors.Add(sensor));
        return HandleAt(Sensors.Count);
    }

    /// <summary>Whether a number is a handle, in a table of so many.</summary>
    internal static bool IsOne(ulong handle, int count) => handle >= 1 && handle <= (ulong)count;

    /// <summary>The place of a handle in the table, from 0.</summary>
    internal static int PlaceOf(ulong handle) => (int)handle - 1;

    /// <summary>The handle of a place in the table.</summary>
    internal static ulong HandleAt(int place) => (ulong)place + 1;
}
