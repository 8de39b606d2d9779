using System.Buffers.Binary;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Exploration;

/// <summary>A small scope: two containers at a packet hook and a request hook, two senders of three blocks, losses of power.</summary>
public static class SmallScope
{
    // A container's turn: it finds a sensor, changes a value of its own between 0 and 1, shows it to all, and yields it.
    private static readonly Sequence<byte> Toggle = Program(
        [
            0x00000000000001b7, // r1 = 0
            0x0000003000000085, // call 0x30
            0x00000001000001b7, // r1 = 1
            0x000000000000a2bf, // r2 = r10
            0xfffffff800000207, // r2 += -8
            0x0000001200000085, // call 0x12
            0x00000000fff8a661, // r6 = *(u32 *)(r10 - 8)
            0x00000001000006a7, // r6 ^= 1
            0x00000001000001b7, // r1 = 1
            0x00000000000062bf, // r2 = r6
            0x0000001000000085, // call 0x10
            0x00000001000001b7, // r1 = 1
            0x00000000000062bf, // r2 = r6
            0x0000001100000085, // call 0x11
            0x00000000000060bf, // r0 = r6
            0x0000000000000095, // exit
        ]);

    // It writes a value of its own and one of all, and then traps if the other container shows 1.
    private static readonly Sequence<byte> Trapper = Program(
        [
            0x00000002000001b7, // r1 = 2
            0x00000001000002b7, // r2 = 1
            0x0000001000000085, // call 0x10
            0x00000002000001b7, // r1 = 2
            0x00000007000002b7, // r2 = 7
            0x0000001100000085, // call 0x11
            0x00000001000001b7, // r1 = 1
            0x000000000000a2bf, // r2 = r10
            0xfffffff800000207, // r2 += -8
            0x0000001300000085, // call 0x13
            0x00000000fff8a661, // r6 = *(u32 *)(r10 - 8)
            0x0000000000010615, // if r6 == 0 goto end
            0x0000000000006079, // r0 = *(u64 *)(r6 + 0)
            0xffffffff000000b7, // r0 = -1
            0x0000000000000095, // exit
        ]);

    internal const string One = "one";

    internal const string Other = "other";

    // An id is reused after this, and an upload given up.
    internal const ulong Tick = 130_000_000;

    private const ulong LastTick = 3 * Tick;

    /// <summary>The scope.</summary>
    public static Scope Create()
    {
        var settings = new DeviceSettings
        {
            Slots = 2,
            Transfers = 2,
            Remembered = 2,
            Updates = new UpdatePolicy.Unsigned(),
            Default = new(Profile.Rbpf, BudgetClass.Snippet, HelperCatalogue.Ids),
            Hooks = [new("packets", new Trigger.Packet(), []), new("requests", new Trigger.Request("both"), [])],
            Sensors = [new("temperature", 0x82, Reading.Of(1, Reading.Celsius, 0))],
        };
        var (first, second) = (Constant(2), Constant(3));
        var start = Device.Of(settings)
            .Step(new DeviceEvent.Install(0, Admitted(settings, Toggle))).Device
            .Step(new DeviceEvent.Install(1, Admitted(settings, Trapper))).Device
            .Step(new DeviceEvent.Attach("requests", 0, Policy.Continue)).Device
            .Step(new DeviceEvent.Attach("requests", 1, Policy.Continue)).Device
            .Step(new DeviceEvent.Attach("packets", 0, Policy.Continue)).Device
            .Step(new DeviceEvent.Attach("packets", 1, Policy.AbortOnNegative)).Device;
        return new(
            start,
            [
                .. Blocks(One, first, 10),
                .. Blocks(One, first, 20),
                .. Blocks(Other, second, 10),
                Request(One, CoapCode.Post, 1, "c", "0"),
                Request(One, CoapCode.Post, 2, "c", "1"),
                Request(Other, CoapCode.Post, 3, "both"),
                Request(Other, CoapCode.Delete, 4, "app", "1"),
                Of("packet", new DeviceEvent.Packet([1])),
                Of("install 0", new DeviceEvent.Install(0, Admitted(settings, Toggle))),
                Of("install 1", new DeviceEvent.Install(1, Admitted(settings, Trapper))),
                Of("start 0", new DeviceEvent.Start(0)),
                Of("stop 0", new DeviceEvent.Stop(0)),
                Of("start 1", new DeviceEvent.Start(1)),
                Of("attach 0, abort on positive", new DeviceEvent.Attach("packets", 0, Policy.AbortOnPositive)),
                Of("attach 1, continue", new DeviceEvent.Attach("packets", 1, Policy.Continue)),
                Of("attach 1, single", new DeviceEvent.Attach("packets", 1, Policy.Single)),
                Of("detach 0", new DeviceEvent.Detach("packets", 0)),
                new("time", device => new DeviceEvent.Clock(device.Now + Tick)) { IsPossible = device => device.Now < LastTick },
                Of("loss of power", new DeviceEvent.Restart()),
            ],
            Invariants.Of([Toggle, Trapper, first, second]));
    }

    internal static ScopeEvent Of(string name, DeviceEvent happening) => new(name, _ => happening);

    internal static IEnumerable<ScopeEvent> Blocks(string peer, Sequence<byte> program, ushort id, string slot = "0", string what = "")
    {
        const int Size = 16;
        var count = program.Count / Size;
        for (var number = 0; number < count; number++)
        {
            var message = Message(CoapCode.Put, (ushort)(id + number), "app", slot)
                .With(new CoapBlock(number, number < count - 1, 0).ToOption(CoapOptions.Block1)) with
            {
                Payload = Sequence.Of(program.AsSpan()[(number * Size)..((number + 1) * Size)]),
            };
            yield return Sent(peer, $"block {number}{what}", message);
        }
    }

    internal static ScopeEvent Request(string peer, CoapCode method, ushort id, params string[] path) =>
        Sent(peer, $"{method} {string.Join('/', path)}", Message(method, id, path));

    internal static ScopeEvent Sent(string peer, string what, CoapMessage message) => Of(
        $"{peer}: {what}, id {message.MessageId}", new DeviceEvent.Datagram(peer, Sequence.Of<byte>(CoapWriter.Write(message))));

    internal static CoapMessage Message(CoapCode method, ushort id, params string[] path) => path.Aggregate(
        new CoapMessage(CoapType.Confirmable, method, id, [], [], []),
        (message, part) => message.With(CoapOption.Of(CoapOptions.UriPath, part)));

    private static Application Admitted(DeviceSettings settings, Sequence<byte> program) =>
        Application.Admit(settings.Default, program, out var problem) ?? throw new System.Diagnostics.UnreachableException(problem);

    // r0 = a number, and four that follow it by tens, so that no two blocks are the same; exit.
    private static Sequence<byte> Constant(uint number) =>
        Program([.. Enumerable.Range(0, 5).Select(index => Move(number + (10 * (uint)index))), 0x95]);

    internal static ulong Move(uint number) => 0xb7 | ((ulong)number << 32);

    internal static Sequence<byte> Program(ReadOnlySpan<ulong> slots)
    {
        var bytes = new byte[slots.Length * sizeof(ulong)];
        for (var i = 0; i < slots.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), slots[i]);
        return Sequence.Of<byte>(bytes);
    }
}
