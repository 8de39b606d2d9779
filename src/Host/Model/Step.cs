namespace RbpfSpec.Host.Model;

/// <summary>The result of an event.</summary>
/// <param name="Device">The device afterwards.</param>
/// <param name="Effects">What it does to the world outside, in order.</param>
public sealed record Step(Device Device, Sequence<DeviceEffect> Effects)
{
    /// <summary>A device to which nothing happened.</summary>
    public static Step Of(Device device) => new(device, []);

    /// <summary>This, and something else that the device does.</summary>
    public Step And(DeviceEffect effect) => this with { Effects = Effects.Add(effect) };

    /// <summary>This, and what comes of another event after it.</summary>
    public Step Then(Func<Device, Step> next)
    {
        var (device, effects) = next(Device);
        return new(device, [.. Effects.AsSpan(), .. effects.AsSpan()]);
    }

    /// <summary>This, with another device.</summary>
    public Step To(Func<Device, Device> change) => this with { Device = change(Device) };
}
