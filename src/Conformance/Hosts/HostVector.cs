using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>A device as vectors describe it.</summary>
/// <param name="Name">The name that vectors call it by.</param>
/// <param name="Settings">All but the keys that it trusts.</param>
/// <param name="Keys">The public keys that it trusts, each a point of P-256 in the uncompressed form, 65 bytes; if there are any, it takes
/// signed updates alone.</param>
public sealed record HostDevice(string Name, DeviceSettings Settings, Sequence<Sequence<byte>> Keys);

/// <summary>Something that happens to a device in a vector.</summary>
public abstract record HostEvent
{
    private HostEvent()
    {
    }

    /// <summary>The owner installs an application, if it is admitted; else the device refuses it.</summary>
    /// <param name="Slot">Its slot.</param>
    /// <param name="Manifest">Its conditions.</param>
    /// <param name="Program">The bytes of the program.</param>
    /// <param name="Entry">The slot at which a run begins.</param>
    /// <param name="Regions">The regions that it brings along.</param>
    public sealed record Install(
        int Slot, Manifest Manifest, Sequence<byte> Program, int Entry, Sequence<Region<Word>> Regions) : HostEvent;

    /// <summary>Any other event.</summary>
    /// <param name="Event">The event.</param>
    public sealed record Other(DeviceEvent Event) : HostEvent;
}

/// <summary>An event of a vector, and the effects that it has.</summary>
/// <param name="Event">What happens.</param>
/// <param name="Effects">What the device does then: an array in JSON.</param>
public sealed record HostVectorStep(HostEvent Event, string Effects);

/// <summary>A vector of hosts: what a device does when things happen to it one after the other, and the state that it is in then.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">The requirement that it is about.</param>
/// <param name="Because">The sentence that says why it exists.</param>
/// <param name="Device">What the device is like when it begins.</param>
/// <param name="Steps">The events, in order.</param>
/// <param name="State">The state after the last of them: an object in JSON.</param>
public sealed record HostVector(
    string Name, string Rule, string Because, HostDevice Device, Sequence<HostVectorStep> Steps, string State);

/// <summary>A question about a device: a vector without its outcome.</summary>
/// <param name="Rule">The requirement that it is about.</param>
/// <param name="Because">The sentence that says why it exists.</param>
/// <param name="Device">What the device is like when it begins.</param>
/// <param name="Events">The events, in order.</param>
public sealed record HostScenario(string Rule, string Because, HostDevice Device, Sequence<HostEvent> Events);
