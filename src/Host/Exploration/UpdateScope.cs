using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Exploration;

/// <summary>
/// A small scope for signed updates: two slots, two senders of three blocks, updates that are new, old, forged and for the other slot,
/// and losses of power.
/// </summary>
public static class UpdateScope
{
    // The author's: r0 = a number, and one that follows it by ten, so that no two blocks are the same; exit.
    private static readonly Sequence<byte> First = Constant(2);

    private static readonly Sequence<byte> Second = Constant(3);

    private static readonly Sequence<byte> Other = Constant(4);

    private static readonly Sequence<byte> Foreign = Constant(5);

    private static readonly Sequence<(int Slot, ulong Number, Sequence<byte> Program)> Signed =
        [(0, 1, First), (0, 2, Second), (1, 1, Other)];

    private const ulong LastTick = 2 * SmallScope.Tick;

    /// <summary>The scope.</summary>
    public static Scope Create()
    {
        var start = Device.Of(new()
        {
            Slots = 2,
            Transfers = 2,
            Remembered = 2,
            Updates = new UpdatePolicy.Signed(ToyUpdate.Verify),
            Hooks = [new(ToyUpdate.Hook, new Trigger.Packet(), [])],
        });
        return new(
            start,
            [
                .. Blocks(SmallScope.One, ToyUpdate.Signed(1, 0, First), 10, "of update 1"),
                .. Blocks(SmallScope.Other, ToyUpdate.Signed(1, 0, First), 30, "of update 1"),
                .. Blocks(SmallScope.Other, ToyUpdate.Forged(3, 0, Foreign), 40, "of a forged update 3"),
                Whole(SmallScope.One, ToyUpdate.Signed(2, 0, Second), 20, "0", "update 2"),
                Whole(SmallScope.One, ToyUpdate.Signed(1, 1, Other), 5, "1", "update 1 of slot 1"),
                Whole(SmallScope.Other, ToyUpdate.Signed(1, 1, Other), 6, "0", "update 1 of slot 1"),
                Whole(SmallScope.Other, ToyUpdate.Forged(1, 1, Foreign), 7, "1", "a forged update 1"),
                SmallScope.Request(SmallScope.One, CoapCode.Delete, 8, "app", "0"),
                SmallScope.Of("detach 0", new DeviceEvent.Detach(ToyUpdate.Hook, 0)),
                SmallScope.Of("packet", new DeviceEvent.Packet([1])),
                new("time", device => new DeviceEvent.Clock(device.Now + SmallScope.Tick)) { IsPossible = device => device.Now < LastTick },
                SmallScope.Of("loss of power", new DeviceEvent.Restart()),
            ],
            [
                new("the sequence number of a slot never falls", (before, _, step) =>
                    Slots(before).All(slot => step.Device.Numbers[slot] >= before.Numbers[slot])),
                new("what is installed was signed for the slot, with the number that the slot has now, and that is a new one", Installed),
                new("the sequence number of a slot changes when an update is installed there, and not otherwise", (before, _, step) =>
                    Slots(before).All(slot => step.Device.Numbers[slot] == before.Numbers[slot] || IsNew(before, step, slot))),
                new("an update that is installed is at its hook", (before, _, step) => Slots(before).All(slot =>
                    !IsNew(before, step, slot)
                    || (step.Device.Hooks[0].Entries is { IsEmpty: false } entries && entries[0] == new HookEntry(slot, Policy.Continue)))),
                .. Invariants.Of([First, Second, Other]),
            ]);
    }

    private static bool Installed(Device before, DeviceEvent happening, Step step) => Slots(before).All(slot =>
        step.Device.At(slot) is not { } container
        || Equals(container.Application, before.At(slot)?.Application)
        || (IsNew(before, step, slot) && Signed.Contains((slot, step.Device.Numbers[slot], container.Application.Program))));

    private static bool IsNew(Device before, Step step, int slot) =>
        step.Device.At(slot) is not null && step.Device.Numbers[slot] > before.Numbers[slot];

    private static IEnumerable<int> Slots(Device device) => Enumerable.Range(0, device.Slots.Count);

    private static IEnumerable<ScopeEvent> Blocks(string peer, Sequence<byte> update, ushort id, string what) =>
        SmallScope.Blocks(peer, update, id, what: $" {what}");

    private static ScopeEvent Whole(string peer, Sequence<byte> update, ushort id, string slot, string what) =>
        SmallScope.Sent(peer, $"{what} to slot {slot}", SmallScope.Message(CoapCode.Put, id, "app", slot) with { Payload = update });

    private static Sequence<byte> Constant(uint number) =>
        SmallScope.Program([SmallScope.Move(number), SmallScope.Move(number + 10), SmallScope.Move(number + 20), 0x95]);
}
