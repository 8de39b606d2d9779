using System.Globalization;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Serving;

/// <summary>The effects of a device, as lines for people.</summary>
public static class EffectText
{
    /// <summary>The line of an effect; null of a datagram sent, and of a packet that went through hooks.</summary>
    public static string? Line(DeviceEffect effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect switch
        {
            DeviceEffect.Ran(var slot, var result) =>
                string.Create(CultureInfo.InvariantCulture, $"slot {slot} ran: 0x{result:x} ({result})"),
            DeviceEffect.Stopped(var slot, var fault) =>
                string.Create(CultureInfo.InvariantCulture, $"slot {slot} is stopped: {Visible(fault.ToString())}"),
            DeviceEffect.Printed(var slot, var text) =>
                string.Create(CultureInfo.InvariantCulture, $"slot {slot} printed: {Visible(text)}"),
            DeviceEffect.Actuated(var sensor, var reading) => string.Create(
                CultureInfo.InvariantCulture,
                $"actuator {sensor} is set: {reading.First} {reading.Second} {reading.Third} scale {reading.Scale} unit {reading.Unit}"),
            DeviceEffect.Updated(var slot, var digest, 0) =>
                string.Create(CultureInfo.InvariantCulture, $"slot {slot} is updated: {digest:x16}"),
            DeviceEffect.Updated(var slot, var digest, var number) =>
                string.Create(CultureInfo.InvariantCulture, $"slot {slot} is updated: {digest:x16}, sequence number {number}"),
            DeviceEffect.UpdateRefused(var slot, var problem) =>
                string.Create(CultureInfo.InvariantCulture, $"an update of slot {slot} is refused: {Visible(problem)}"),
            DeviceEffect.Refused(var problem) => $"refused: {problem}",
            DeviceEffect.Send or DeviceEffect.Passed => null,
        };
    }

    // A program prints any bytes: none of them may steer the terminal, or look like another line.
    private static string Visible(string text) => string.Concat(text.TrimEnd('\n').Select(character => char.IsControl(character)
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}")
        : character.ToString()));
}
