using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Exploration;

/// <summary>A device with one deliberate mistake, which an exploration has to find.</summary>
/// <param name="Name">The mistake, in a few words.</param>
/// <param name="Transition">The transition function with it.</param>
public sealed record PlantedBug(string Name, Transition Transition)
{
    /// <summary>Every one.</summary>
    public static Sequence<PlantedBug> All { get; } =
    [
        new("the local store is that of slot 0", After((before, device) => Both(device) && Changed(before, device, 0)
            ? Change(device, 1, container => container with { Local = device.At(0)!.Local })
            : device)),
        new("handles are in one table", After((_, device) => Both(device) && device.At(1)!.Handles.Sensors.IsEmpty
            ? Change(device, 1, container => container with { Handles = device.At(0)!.Handles })
            : device)),
        new("a fault leaves what the run stored", After((before, device) => Faulted(before, device)
            ? device with { Global = device.Global.Put(Number(2), Number(7)).Put(Number(3), Number(7)) }
            : device)),
        new("a fault stops all containers", After((before, device) => Faulted(before, device)
            ? Change(device, 0, container => container with { IsStarted = false })
            : device)),
        new("a fault stops no container", After((before, device) => Faulted(before, device)
            ? Change(device, 1, container => container with { IsStarted = true })
            : device)),
        new("a stopped container runs", Before(device =>
            Change(device, 0, container => container with { IsStarted = true }), when: happening => happening is DeviceEvent.Packet)),
        new("policies are read the wrong way round", Policies(policy => policy switch
        {
            Policy.AbortOnNegative => Policy.AbortOnPositive,
            Policy.AbortOnPositive => Policy.AbortOnNegative,
            Policy.Continue or Policy.Single => policy,
        })),
        new("single is read as continue", Policies(policy => policy is Policy.Single ? Policy.Continue : policy)),
        new("the last attached runs last", Entries(entries => entries.Reverse().ToSequence())),
        new("a container that is removed stays at its hooks", After((before, device) => before.At(1) is not null && device.At(1) is null
            ? device with { Hooks = before.Hooks }
            : device)),
        new("a duplicate is taken for a new message", Before(
            device => device with { Remembered = RememberedQueue.None }, when: _ => true)),
        new("messages of all senders are taken for one's", (device, happening) => device.Step(
            happening is DeviceEvent.Datagram(_, var bytes) ? new DeviceEvent.Datagram("one", bytes) : happening)),
        new("a block is taken twice, and one is lost", After((_, device) => device with
        {
            Transfers = device.Transfers.Map(transfer => transfer.Bytes.Count == 32
                ? transfer with { Bytes = [.. transfer.Bytes.Take(16), .. transfer.Bytes.Take(16)] }
                : transfer),
        })),
        new("an upload is visible before its last block", After((before, device) =>
            device.Transfers.FirstOrDefault(transfer => transfer.Bytes.Count == 32) is { } transfer
            && before.At(0) is { } container
            && Application.Admit(container.Application.Manifest, [.. transfer.Bytes, 0x95, 0, 0, 0, 0, 0, 0, 0], out _) is { } early
                ? Change(device, 0, found => found with { Application = early })
                : device)),
        new("an upload survives a loss of power", Restarted((before, device) => device with { Transfers = before.Transfers })),
        new("a loss of power starts what was stopped", Restarted((_, device) =>
            Change(device, 0, container => container with { IsStarted = true }))),
        new("a loss of power loses the global store", Restarted((before, device) =>
            device with { Global = Device.Of(before.Settings).Global })),
    ];

    private static bool Both(Device device) => device.At(0) is not null && device.At(1) is not null;

    private static bool Changed(Device before, Device after, int slot) => before.At(slot)?.Local != after.At(slot)?.Local;

    private static bool Faulted(Device before, Device after) => before.At(1) is { Fault: null } && after.At(1) is { Fault: not null };

    private static Word Number(ulong value) => Word.Wrap(value, Width.Bits32);

    private static Device Change(Device device, int slot, Func<Container, Container> change) =>
        device.At(slot) is { } container ? device.With(slot, change(container)) : device;

    private static Transition After(Func<Device, Device, Device> change) =>
        (device, happening) => device.Step(happening).To(after => change(device, after));

    private static Transition Before(Func<Device, Device> change, Func<DeviceEvent, bool> when) =>
        (device, happening) => (when(happening) ? change(device) : device).Step(happening);

    private static Transition Restarted(Func<Device, Device, Device> change) => (device, happening) => happening is DeviceEvent.Restart
        ? device.Step(happening).To(after => change(device, after))
        : device.Step(happening);

    private static Transition Policies(Func<Policy, Policy> read) =>
        Entries(entries => entries.Map(entry => entry with { Policy = read(entry.Policy) }));

    // What a packet finds at its hook is read wrongly, and stays as it is.
    private static Transition Entries(Func<Sequence<HookEntry>, Sequence<HookEntry>> read) => (device, happening) =>
    {
        if (happening is not DeviceEvent.Packet) return device.Step(happening);
        var wrong = device with { Hooks = device.Hooks.Map(hook => hook with { Entries = read(hook.Entries) }) };
        return wrong.Step(happening).To(after => after with
        {
            Hooks = Sequence.Generate(after.Hooks.Count, index => after.Hooks[index] with { Entries = device.Hooks[index].Entries }),
        });
    };
}
