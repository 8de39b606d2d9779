using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Model;

/// <summary>Something that happens to a device.</summary>
public abstract record DeviceEvent
{
    private DeviceEvent()
    {
    }

    /// <summary>A datagram comes.</summary>
    /// <param name="Peer">Who sent it: address and port, as the network writes them.</param>
    /// <param name="Bytes">Any.</param>
    public sealed record Datagram(string Peer, Sequence<byte> Bytes) : DeviceEvent;

    /// <summary>Time has passed.</summary>
    /// <param name="Now">Microseconds since the device began; one before the latest changes nothing.</param>
    public sealed record Clock(ulong Now) : DeviceEvent;

    /// <summary>A sensor has new values.</summary>
    /// <param name="Sensor">Its place in the registry; one that is none changes nothing.</param>
    /// <param name="Reading">The values; null if reading fails from now on.</param>
    public sealed record Sample(int Sensor, Reading? Reading) : DeviceEvent;

    /// <summary>A packet passes the network interface.</summary>
    /// <param name="Bytes">The packet, which is the context of the containers; one longer than a context changes nothing.</param>
    public sealed record Packet(Sequence<byte> Bytes) : DeviceEvent;

    /// <summary>The owner of the device installs an application, in the place of the one that is there.</summary>
    public sealed record Install(int Slot, Application Application) : DeviceEvent;

    /// <summary>The owner starts a container; a fault is forgotten.</summary>
    public sealed record Start(int Slot) : DeviceEvent;

    /// <summary>The owner stops a container.</summary>
    public sealed record Stop(int Slot) : DeviceEvent;

    /// <summary>The owner removes a container, with its store, from slot and hooks.</summary>
    public sealed record Remove(int Slot) : DeviceEvent;

    /// <summary>The owner attaches a container to a hook, at the front.</summary>
    public sealed record Attach(string Hook, int Slot, Policy Policy) : DeviceEvent;

    /// <summary>The owner detaches a container from a hook.</summary>
    public sealed record Detach(string Hook, int Slot) : DeviceEvent;

    /// <summary>The owner runs a container that is started.</summary>
    /// <param name="Slot">Its slot.</param>
    /// <param name="Context">The bytes of its context.</param>
    public sealed record Run(int Slot, Sequence<byte> Context) : DeviceEvent;

    /// <summary>The device loses its power and begins anew, with what is persisted.</summary>
    public sealed record Restart : DeviceEvent;
}
