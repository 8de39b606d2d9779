namespace RbpfSpec.Bench.Host;

/// <summary>A row of the comparison; what an engine cannot tell is null.</summary>
/// <param name="Name">The engine.</param>
internal sealed record Row(string Name)
{
    /// <summary>The bytes of the checksum's program, as they go to a device.</summary>
    public double? Bytes { get; init; }

    /// <summary>The same, packed: ours as <c>spec/89-packing.md</c> says, others by heatshrink alone.</summary>
    public double? Packed { get; init; }

    /// <summary>The time of a checksum over 360 bytes, in nanoseconds.</summary>
    public double? Fletcher { get; init; }

    /// <summary>The time of a sensor's reply, in nanoseconds.</summary>
    public double? Reply { get; init; }

    /// <summary>The time of a whole process that computes a checksum once, in nanoseconds.</summary>
    public double? StartUp { get; init; }

    /// <summary>The most memory of that process, in KiB.</summary>
    public double? Memory { get; init; }

    /// <summary>The reason for which it is not measured; null if it is.</summary>
    public string? Problem { get; init; }
}
