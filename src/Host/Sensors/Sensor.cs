namespace RbpfSpec.Host.Sensors;

/// <summary>An entry of the sensor registry, as SAUL has it: a sensor, or an actuator.</summary>
/// <param name="Name">For people.</param>
/// <param name="Type">The class, as in RIOT's <c>saul.h</c>.</param>
/// <param name="Reading">The latest values; null while reading fails.</param>
/// <param name="IsActuator">Whether it can be written.</param>
public sealed record Sensor(string Name, byte Type, Reading? Reading, bool IsActuator = false);
