using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Exploration;

/// <summary>Sentences that have to hold of every step of a device, said without the functions that it is made of.</summary>
public static class Invariants
{
    /// <summary>The sentences for a device whose slots only ever hold some programs.</summary>
    /// <param name="programs">The programs that are installed or uploaded as a whole.</param>
    public static Sequence<Invariant> Of(Sequence<Sequence<byte>> programs) =>
    [
        new("a container that did not run, and that no one changed, stays as it was", Isolated),
        new("a run that traps changes nothing but its own container, which is stopped", Faulted),
        new("a container that is stopped does not run", (before, _, step) => Ran(step).All(slot => before.At(slot) is { IsStarted: true })),
        new("the containers of a hook run in order, as far as their policies say", Ordered),
        new("a hook names containers that there are", (_, _, step) =>
            step.Device.Hooks.All(hook => hook.Entries.All(entry => step.Device.At(entry.Slot) is not null))),
        new("a slot has one of the whole programs", (_, _, step) =>
            step.Device.Slots.All(container => container is null || programs.Contains(container.Application.Program))),
        new("an upload changes a slot when it is acknowledged, and not before", Acknowledged),
        new("a duplicate gets the same answer and changes nothing", Duplicated),
        new("a datagram has at most one answer", (_, _, step) => step.Effects.OfType<DeviceEffect.Send>().Count() <= 1),
        new("a loss of power leaves what is persisted, and nothing else", (before, happening, step) =>
            happening is not DeviceEvent.Restart
            || StateKey.Of(step.Device) == StateKey.Of(Device.Of(before.Settings, Persisted.Of(before)))),
        new("handles are of sensors that the container has found", (before, _, step) =>
            Slots(before).All(slot => Ran(step).Contains(slot) || Installed(before, step, slot)
                || (step.Device.At(slot)?.Handles.Sensors.Count ?? 0) <= (before.At(slot)?.Handles.Sensors.Count ?? 0))),
    ];

    private static IEnumerable<int> Slots(Device device) => Enumerable.Range(0, device.Slots.Count);

    private static IEnumerable<int> Ran(Step step) => step.Effects.SelectMany(effect => effect switch
    {
        DeviceEffect.Ran(var slot, _) => (int[])[slot],
        DeviceEffect.Stopped(var slot, _) => [slot],
        DeviceEffect.Send or DeviceEffect.Printed or DeviceEffect.Actuated or DeviceEffect.Passed or DeviceEffect.Refused
            or DeviceEffect.Updated or DeviceEffect.UpdateRefused => [],
    });

    private static bool Installed(Device before, Step step, int slot) =>
        before.At(slot)?.Application.Program != step.Device.At(slot)?.Application.Program || Code(step) is { Class: 2 };

    private static bool Isolated(Device before, DeviceEvent happening, Step step) => Slots(before).All(slot =>
        before.At(slot) == step.Device.At(slot) || Ran(step).Contains(slot) || happening switch
        {
            DeviceEvent.Start(var other) => slot == other,
            DeviceEvent.Stop(var other) => slot == other,
            DeviceEvent.Remove(var other) => slot == other,
            DeviceEvent.Install(var other, _) => slot == other,
            DeviceEvent.Restart => before.At(slot)?.Local == step.Device.At(slot)?.Local,
            DeviceEvent.Datagram => Ran(step).Any() is false && Code(step) is { Class: 2 },
            DeviceEvent.Clock or DeviceEvent.Sample or DeviceEvent.Packet => false,
            DeviceEvent.Attach or DeviceEvent.Detach or DeviceEvent.Run => false,
        });

    private static bool Faulted(Device before, DeviceEvent happening, Step step)
    {
        var stopped = step.Effects.OfType<DeviceEffect.Stopped>().Select(effect => effect.Slot).ToList();
        if (stopped.Exists(slot => step.Device.At(slot) is not { IsStarted: false, Fault: not null })) return false;
        if (stopped.Exists(slot => step.Device.At(slot)?.Local != before.At(slot)?.Local)) return false;
        return stopped.Count == 0 || Ran(step).Count() > stopped.Count
            || (step.Device.Global == before.Global && step.Device.Sensors == before.Sensors);
    }

    // The chain of the one hook that a packet comes to, by the results among the effects.
    private static bool Ordered(Device before, DeviceEvent happening, Step step)
    {
        if (happening is not DeviceEvent.Packet) return true;
        List<int> expected = [];
        foreach (var (slot, policy) in before.Hooks.First(hook => hook.Trigger is Trigger.Packet).Entries)
        {
            if (before.At(slot) is not { IsStarted: true }) continue;
            expected.Add(slot);
            var result = step.Effects.OfType<DeviceEffect.Ran>().FirstOrDefault(ran => ran.Slot == slot)?.Result;
            var ends = (policy, result) switch
            {
                (_, null) => false,
                (Policy.Single, _) => true,
                (Policy.AbortOnNegative, var value) => value >> 63 == 1,
                (Policy.AbortOnPositive, var value) => value >> 63 == 0 && value != 0,
                (Policy.Continue, _) => false,
                _ => false,
            };
            if (ends) break;
        }

        return expected.SequenceEqual(Ran(step));
    }

    private static bool Acknowledged(Device before, DeviceEvent happening, Step step) =>
        happening is not DeviceEvent.Datagram(_, var bytes)
        || CoapReader.Read(bytes.AsSpan()) is not CoapReading.Read({ Code: var method, Path: ["app", _] } request)
        || method != CoapCode.Put
        || Slots(before).All(slot => Equals(before.At(slot)?.Application, step.Device.At(slot)?.Application) || Whole(request, step, slot));

    // The last block of what the slot has now is the one that came, or all of it came at once, behind what was signed with it.
    private static bool Whole(CoapMessage request, Step step, int slot) =>
        (Code(step) == CoapCode.Created || Code(step) == CoapCode.Changed)
        && request.Path[1] == slot.ToString(System.Globalization.CultureInfo.InvariantCulture)
        && step.Device.At(slot) is { Application: Application application }
        && (application.Program.AsSpan().EndsWith(request.Payload.AsSpan())
            || request.Payload.AsSpan().EndsWith(application.Program.AsSpan()));

    private static bool Duplicated(Device before, DeviceEvent happening, Step step)
    {
        if (happening is not DeviceEvent.Datagram(var peer, var bytes)) return true;
        if (CoapReader.Read(bytes.AsSpan()) is not CoapReading.Read({ Code.IsRequest: true } request)) return true;
        var known = before.Remembered.FirstOrDefault(message => message.Peer == peer && message.MessageId == request.MessageId);
        return known is null
            || (StateKey.Of(before) == StateKey.Of(step.Device)
                && step.Effects is [DeviceEffect.Send(var to, var answer)] && to == peer && answer == known.Answer);
    }

    private static CoapCode? Code(Step step) =>
        step.Effects.OfType<DeviceEffect.Send>().FirstOrDefault() is { } sent
        && CoapReader.Read(sent.Bytes.AsSpan()) is CoapReading.Read(var message)
            ? message.Code
            : null;
}
