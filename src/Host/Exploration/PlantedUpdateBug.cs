using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Exploration;

/// <summary>Deliberate mistakes of a device with signed updates.</summary>
public static class PlantedUpdateBug
{
    /// <summary>Every one, of a device with the small updates of an exploration.</summary>
    public static Sequence<PlantedBug> All { get; } = Of(ToyUpdate.Verify, ToyUpdate.Trust);

    /// <summary>Every one.</summary>
    /// <param name="verify">Tells signed updates from others.</param>
    /// <param name="trust">The update that bytes say, whoever signed them; null if they say none.</param>
    public static Sequence<PlantedBug> Of(Verifier verify, Func<Sequence<byte>, SignedUpdate?> trust) =>
    [
        new("a stale sequence number is accepted", Reading(verify, (device, update) =>
            device.Numbers[update.Manifest.Slot] > update.Manifest.Number
            ? update with { Manifest = update.Manifest with { Number = device.Numbers[update.Manifest.Slot] + 1 } }
            : update)),
        new("an update is accepted again", (device, happening) => Forgetting(device, happening, number => number - 1)),
        new("a program is visible before it is verified", Trusting(
            verify, trust, (step, before) => step.Device with { Numbers = before.Numbers })),
        new("a signature is not looked at", Trusting(verify, trust, (step, _) => step.Device)),
        new("a forged update uses up its sequence number", Trusting(
            verify, trust, (step, before) => before with { Numbers = step.Device.Numbers })),
        new("the slot in the manifest is not looked at", (device, happening) => Reading(verify, (_, update) =>
            happening is DeviceEvent.Datagram(_, var bytes) && IsFor(bytes, 0)
                ? update with { Manifest = update.Manifest with { Slot = 0 } }
                : update)(device, happening)),
        new("a loss of power loses the sequence numbers", (device, happening) => happening is DeviceEvent.Restart
            ? device.Step(happening).To(after => after with { Numbers = after.Numbers.Map(_ => 0ul) })
            : device.Step(happening)),
        new("an application that is removed takes its sequence number along", (device, happening) => device.Step(happening).To(after =>
            after with
            {
                Numbers = Sequence.Generate(after.Slots.Count, slot =>
                    device.At(slot) is not null && after.At(slot) is null ? 0 : after.Numbers[slot]),
            })),
        new("one sequence number is for all slots", (device, happening) => device.Step(happening).To(after => after with
        {
            Numbers = after.Numbers == device.Numbers ? after.Numbers : after.Numbers.Map(_ => after.Numbers.Max()),
        })),
        new("hooks are attached by a later event", (device, happening) => device.Step(happening).To(after =>
            after.Numbers == device.Numbers ? after : after with { Hooks = device.Hooks })),
    ];

    // The device reads each update with a change.
    private static Transition Reading(Verifier verify, Func<Device, SignedUpdate, SignedUpdate> change) => (device, happening) =>
        With(device, happening, bytes => verify(bytes) is Verification.Trusted(var update)
            ? new Verification.Trusted(change(device, update))
            : verify(bytes));

    // The device takes what it cannot trust; what becomes of it if it is forged is the mistake.
    private static Transition Trusting(
        Verifier verify, Func<Sequence<byte>, SignedUpdate?> trust, Func<Step, Device, Device> forged) => (device, happening) =>
    {
        var isForged = false;
        var step = With(device, happening, bytes =>
        {
            var verification = verify(bytes);
            if (verification is not Verification.Refused(UpdateRefusal.WrongSignature, _) || trust(bytes) is not { } update)
                return verification;
            isForged = true;
            return new Verification.Trusted(update);
        });
        return isForged ? step.To(_ => forged(step, device)) : step;
    };

    // The device believes that less was accepted; if nothing comes of that, it is right again.
    private static Step Forgetting(Device device, DeviceEvent happening, Func<ulong, ulong> less)
    {
        var wrong = device with { Numbers = device.Numbers.Map(number => number == 0 ? 0 : less(number)) };
        var step = wrong.Step(happening);
        return step.Device.Numbers == wrong.Numbers ? step.To(after => after with { Numbers = device.Numbers }) : step;
    }

    private static Step With(Device device, DeviceEvent happening, Verifier verifier)
    {
        if (device.Settings.Updates is not UpdatePolicy.Signed) return device.Step(happening);
        var wrong = device with { Settings = device.Settings with { Updates = new UpdatePolicy.Signed(verifier) } };
        return wrong.Step(happening).To(after => after with { Settings = device.Settings });
    }

    private static bool IsFor(Sequence<byte> datagram, int slot) =>
        Coap.CoapReader.Read(datagram.AsSpan()) is Coap.CoapReading.Read({ Path: ["app", var text] })
        && Requests.Request.Number(text) == slot;
}
