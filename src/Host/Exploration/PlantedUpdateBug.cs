using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Exploration;

/// <summary>Deliberate mistakes of a device with signed updates.</summary>
public static class PlantedUpdateBug
{
    /// <summary>Every one.</summary>
    public static Sequence<PlantedBug> All { get; } =
    [
        new("a stale sequence number is accepted", Reading((device, update) => device.Numbers[update.Manifest.Slot] > update.Manifest.Number
            ? update with { Manifest = update.Manifest with { Number = device.Numbers[update.Manifest.Slot] + 1 } }
            : update)),
        new("an update is accepted again", (device, happening) => Forgetting(device, happening, number => number - 1)),
        new("a program is visible before it is verified", Trusting((step, before) => step.Device with { Numbers = before.Numbers })),
        new("a signature is not looked at", Trusting((step, _) => step.Device)),
        new("a forged update uses up its sequence number", Trusting((step, before) => before with { Numbers = step.Device.Numbers })),
        new("the slot in the manifest is not looked at", (device, happening) => Reading((_, update) =>
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
    private static Transition Reading(Func<Device, SignedUpdate, SignedUpdate> change) => (device, happening) =>
        With(device, happening, bytes => ToyUpdate.Verify(bytes) is Verification.Trusted(var update)
            ? new Verification.Trusted(change(device, update))
            : ToyUpdate.Verify(bytes));

    // The device takes whatever is long enough; what becomes of it if it is forged is the mistake.
    private static Transition Trusting(Func<Step, Device, Device> forged) => (device, happening) =>
    {
        var isForged = false;
        var step = With(device, happening, bytes =>
        {
            isForged = ToyUpdate.Verify(bytes) is Verification.Refused(UpdateRefusal.WrongSignature, _);
            return isForged ? new Verification.Trusted(ToyUpdate.Trust(bytes)) : ToyUpdate.Verify(bytes);
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
        var wrong = device with { Settings = device.Settings with { Updates = new UpdatePolicy.Signed(verifier) } };
        return wrong.Step(happening).To(after => after with { Settings = device.Settings });
    }

    private static bool IsFor(Sequence<byte> datagram, int slot) =>
        Coap.CoapReader.Read(datagram.AsSpan()) is Coap.CoapReading.Read({ Path: ["app", var text] })
        && Requests.Request.Number(text) == slot;
}
