using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Model;

/// <summary>Something that a device does to the world outside.</summary>
public abstract record DeviceEffect
{
    private DeviceEffect()
    {
    }

    /// <summary>It sends a datagram.</summary>
    public sealed record Send(string Peer, Sequence<byte> Bytes) : DeviceEffect;

    /// <summary>A container has run to its end.</summary>
    public sealed record Ran(int Slot, ulong Result) : DeviceEffect;

    /// <summary>A container was stopped by a trap.</summary>
    public sealed record Stopped(int Slot, Fault Fault) : DeviceEffect;

    /// <summary>A container printed something.</summary>
    public sealed record Printed(int Slot, string Text) : DeviceEffect;

    /// <summary>A container set an actuator.</summary>
    public sealed record Actuated(int Sensor, Reading Reading) : DeviceEffect;

    /// <summary>The containers of the packet hooks have seen a packet.</summary>
    /// <param name="Bytes">The packet as they left it.</param>
    /// <param name="Result">Of the last one that ran, 64 bits with a sign; 0 if none did.</param>
    public sealed record Passed(Sequence<byte> Bytes, long Result) : DeviceEffect;

    /// <summary>An application came over the network and is installed.</summary>
    /// <param name="Slot">Its slot.</param>
    /// <param name="Digest">Of the application, see <see cref="Application.Digest"/>.</param>
    /// <param name="Number">The sequence number; 0 if the update was not signed.</param>
    public sealed record Updated(int Slot, ulong Digest, ulong Number) : DeviceEffect;

    /// <summary>An application came over the network and is not installed.</summary>
    /// <param name="Slot">The slot that it was sent to.</param>
    /// <param name="Problem">What the sender was told.</param>
    public sealed record UpdateRefused(int Slot, string Problem) : DeviceEffect;

    /// <summary>The owner asked for something that is not possible.</summary>
    public sealed record Refused(string Problem) : DeviceEffect;
}
