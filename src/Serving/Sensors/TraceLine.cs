using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Serving.Sensors;

/// <summary>A line of a trace.</summary>
/// <param name="Milliseconds">Since the device began.</param>
/// <param name="Sensor">The name of the sensor.</param>
/// <param name="Reading">Its values from then on; null if reading fails from then on.</param>
public sealed record TraceLine(ulong Milliseconds, string Sensor, Reading? Reading);
