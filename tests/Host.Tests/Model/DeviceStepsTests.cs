using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Tests.Model;

public sealed class DeviceStepsTests
{
    // Numbers that may be handles, keys, codes, lengths, or lie at the edges of what is granted.
    private static readonly ulong[] Values =
    [
        0, 1, 2, 3, 4, 8, 40, 69, 0x82, ulong.MaxValue, AddressSpace.Context, AddressSpace.Context + 4, AddressSpace.Stack + 500,
        AddressSpace.Stack + 511, Reply.BufferAddress, Reply.BufferAddress + 510, AddressSpace.Image,
    ];

    private static readonly Device Three = Devices.Empty.With(0, Devices.Counter).With(1, "exit").With(2, Devices.SensorReply).Run(0).Device
        .Run(2, new byte[40]).Device
        .Attached(Devices.Timer, 0).Attached(Devices.Packets, 1).Attached(Devices.Requests, 2);

    // Programs that call every helper with all sorts of numbers; what they may reach is their own, and what they share.
    [Fact]
    [Trait("Needs", "time")]
    public void A_run_changes_nothing_but_its_container_and_what_is_shared() =>
        Law.Holds(seed: 2401, 500, dice => (Program: Program(dice), ByRequest: dice.OnceIn(2), dice.Bytes(40)), drawn =>
        {
            var device = Three.With(1, drawn.Program);
            var step = drawn.ByRequest
                ? device.Receive(Devices.Request(CoapCode.Post, "c/1"))
                : device.Run(1, drawn.Item3);

            var after = step.Device;
            (after with
            {
                Slots = after.Slots.With(1, device.At(1)),
                Global = device.Global,
                Sensors = after.Sensors.With(1, device.Sensors[1]),
                Remembered = device.Remembered,
            }).ShouldBe(device);
            after.At(1)!.Application.ShouldBe(device.At(1)!.Application);
            if (after.At(1)!.Fault is null) return;
            (after.Global, after.Sensors, after.At(1)!.Local, after.At(1)!.Handles)
                .ShouldBe((device.Global, device.Sensors, device.At(1)!.Local, device.At(1)!.Handles));
        });

    [Fact]
    [Trait("Needs", "time")]
    public void Such_programs_end_in_both_ways_and_call_every_helper()
    {
        var dice = new Dice(2402);
        var programs = dice.Several(500, Program);
        var ends = programs.Select(program => Three.With(1, program).Receive(Devices.Request(CoapCode.Post, "c/1")).Device.At(1)!).ToList();

        ends.Count(container => container.Fault is null).ShouldBeGreaterThan(50);
        ends.Count(container => container.Fault is not null).ShouldBeGreaterThan(50);
        ends.Count(container => container.Fault is null && container.Handles != HandleTable.Empty).ShouldBeGreaterThan(5);
        foreach (var id in HelperCatalogue.Ids) programs.ShouldContain(program => program.Contains($"call 0x{id:x}\n"));
    }

    // Noise, and what clients send with some bytes changed; to a device on which every path leads to something.
    [Fact]
    [Trait("Needs", "time")]
    public void No_datagram_makes_it_throw_and_each_is_answered_at_most_once() =>
        Law.Holds(seed: 2403, 200, dice => dice.Several(50, Datagram), datagrams =>
        {
            var device = Three;
            foreach (var datagram in datagrams)
            {
                var step = device.Receive(datagram);
                step.Effects.OfType<DeviceEffect.Send>().Count().ShouldBeLessThanOrEqualTo(1);
                foreach (var sent in step.Effects.OfType<DeviceEffect.Send>())
                {
                    var answer = CoapReader.Read(sent.Bytes.AsSpan()).ShouldBeOfType<CoapReading.Read>().Message;
                    if (answer.Type is not CoapType.Reset) answer.Code.IsResponse.ShouldBeTrue();
                    sent.Bytes.Count.ShouldBeLessThan(1200);
                }

                device = step.Device;
            }
        });

    [Fact]
    public void After_any_events_a_loss_of_power_leaves_what_is_persisted_and_containers_stay_apart() =>
        Law.Holds(seed: 2404, 60, dice => dice.Several(40, Happening), happenings =>
        {
            var device = Three;
            foreach (var happening in happenings)
            {
                var step = device.Step(happening);
                step.Device.Now.ShouldBeGreaterThanOrEqualTo(happening is DeviceEvent.Restart ? 0 : device.Now);
                foreach (var slot in Enumerable.Range(0, 4).Where(slot => !Concerns(device, step, happening, slot)))
                    step.Device.At(slot).ShouldBe(device.At(slot));
                step.Device.Hooks.SelectMany(hook => hook.Entries).Count(entry => step.Device.At(entry.Slot) is null).ShouldBe(0);
                device = step.Device;
                Persisted.Of(Device.Of(device.Settings, Persisted.Of(device))).ShouldBe(Persisted.Of(device));
            }
        });

    [Fact]
    public void A_timer_comes_at_its_period_and_once_for_those_missed()
    {
        var device = Devices.Empty.With(0, "r0 = *(u64 *)(r1 + 8)\nexit").Attached(Devices.Timer, 0);

        device.Due.ShouldBe(1000UL);
        device.Step(new DeviceEvent.Clock(999)).Effects.ShouldBeEmpty();
        var first = device.Step(new DeviceEvent.Clock(1000));
        var late = first.Device.Step(new DeviceEvent.Clock(5500));

        first.Effects.ShouldBe([new DeviceEffect.Ran(0, 1)]);
        late.Effects.ShouldBe([new DeviceEffect.Ran(0, 2)]);
        late.Device.Due.ShouldBe(6000UL);
        late.Device.Step(new DeviceEvent.Clock(5400)).ShouldBe(Step.Of(late.Device));
    }

    [Fact]
    public void The_end_of_time_is_reached()
    {
        var device = Devices.Empty.With(0, "exit").Attached(Devices.Timer, 0).After(new DeviceEvent.Clock(ulong.MaxValue));

        device.Due.ShouldBe(ulong.MaxValue);
        device.With(0, "r1 = r10\nr1 += -8\nr2 = 100\ncall 0x61\nexit").Run(0).Device.Due.ShouldBe(ulong.MaxValue);
    }

    [Fact]
    public void A_threshold_is_passed_once_until_the_value_is_within_again()
    {
        var device = Devices.Empty.With(0, "r0 = *(u16 *)(r1 + 0)\nexit").Attached(Devices.Hot, 0);
        List<ulong> results = [];
        foreach (var value in (short?[])[3000, 3001, 3002, 2999, 4000, null, 3001])
        {
            var step = device.Step(new DeviceEvent.Sample(0, value is { } number ? Reading.Of(number, Reading.Celsius, -2) : null));
            results.AddRange(step.Effects.OfType<DeviceEffect.Ran>().Select(ran => ran.Result));
            device = step.Device;
        }

        results.ShouldBe([3001, 4000, 3001]);
    }

    [Fact]
    public void A_reading_without_dimensions_is_beyond_no_threshold()
    {
        var device = Devices.Empty.With(0, "r0 = 1\nexit").Attached(Devices.Hot, 0);
        var nothing = Reading.Of(4000, Reading.Celsius, -2) with { Dimensions = 0 };

        device.Step(new DeviceEvent.Sample(0, nothing)).Effects.ShouldBeEmpty();
        device.After(new DeviceEvent.Sample(0, nothing)).Step(new DeviceEvent.Sample(0, Reading.Of(4000, Reading.Celsius, -2)))
            .Result().ShouldBe(1ul);
    }

    [Fact]
    public void An_application_that_is_replaced_leaves_no_values_and_keeps_its_hooks()
    {
        var device = Three.After(new DeviceEvent.Install(0, Devices.Application("r0 = 5\nexit")));

        device.At(0)!.Local.ShouldBe(Store<Word>.Empty(Store<Word>.DefaultCapacity));
        device.Step(new DeviceEvent.Clock(1000)).Effects.ShouldBe([new DeviceEffect.Ran(0, 5)]);
    }

    [Fact]
    public void One_that_is_removed_is_at_no_hook() =>
        Three.After(new DeviceEvent.Remove(0)).Step(new DeviceEvent.Clock(1000)).Effects.ShouldBeEmpty();

    [Fact]
    public void A_fault_is_forgotten_when_the_container_is_started_again()
    {
        var device = Devices.Empty.With(0, Devices.Faulty).Run(0).Device;

        device.Run(0).Effects.ShouldBe([new DeviceEffect.Refused("the container in slot 0 is stopped")]);
        device.After(new DeviceEvent.Start(0)).Run(0).Effects.OfType<DeviceEffect.Stopped>().ShouldHaveSingleItem();
    }

    public static TheoryData<DeviceEvent, string> Impossible => new()
    {
        { new DeviceEvent.Start(3), "slot 3 is free" },
        { new DeviceEvent.Stop(-1), "slot -1; there are 0 to 3" },
        { new DeviceEvent.Remove(4), "slot 4; there are 0 to 3" },
        { new DeviceEvent.Attach("none", 0, Policy.Single), "no hook is called 'none'; there are: packets, timer, hot, requests" },
        { new DeviceEvent.Attach("timer", 3, Policy.Single), "slot 3 is free" },
        { new DeviceEvent.Run(3, []), "slot 3 is free" },
        { new DeviceEvent.Run(0, new byte[65_537].ToSequence()), "a context of 65537 bytes; the most are 65536" },
        { new DeviceEvent.Packet(new byte[65_537].ToSequence()), "a packet of 65537 bytes; the most are 65536" },
    };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void What_is_not_possible_is_refused_and_changes_nothing(DeviceEvent happening, string problem) =>
        Three.Step(happening).ShouldBe(new Step(Three, [new DeviceEffect.Refused(problem)]));

    // Whether an event may change what is in a slot: it names it, or it ran it.
    private static bool Concerns(Device before, Step step, DeviceEvent happening, int slot) => happening switch
    {
        DeviceEvent.Install(var other, _) => other == slot,
        DeviceEvent.Start(var other) => other == slot,
        DeviceEvent.Stop(var other) => other == slot,
        DeviceEvent.Remove(var other) => other == slot,
        DeviceEvent.Restart => true,
        DeviceEvent.Attach or DeviceEvent.Detach => false,
        DeviceEvent.Datagram or DeviceEvent.Clock or DeviceEvent.Sample or DeviceEvent.Packet or DeviceEvent.Run =>
            step.Effects.OfType<DeviceEffect.Ran>().Any(ran => ran.Slot == slot)
            || step.Effects.OfType<DeviceEffect.Stopped>().Any(stopped => stopped.Slot == slot)
            || (happening is DeviceEvent.Datagram && !Equals(before.At(slot)?.Application, step.Device.At(slot)?.Application)),
    };

    private static DeviceEvent Happening(Dice dice) => dice.Between(0, 11) switch
    {
        0 or 1 => new DeviceEvent.Datagram(Devices.Peer, Sequence.Of<byte>(Request(dice))),
        2 => new DeviceEvent.Clock((ulong)dice.Between(0, 20_000)),
        3 => new DeviceEvent.Sample(dice.Between(-1, 4), dice.OnceIn(3) ? null : Reading.Of((short)dice.Between(2990, 3010), 2, -2)),
        4 => new DeviceEvent.Packet(Sequence.Of<byte>(dice.Bytes(dice.Between(0, 8)))),
        5 => new DeviceEvent.Install(dice.Between(-1, 4), Devices.Application(Program(dice))),
        6 => new DeviceEvent.Start(dice.Between(0, 3)),
        7 => dice.OnceIn(2) ? new DeviceEvent.Stop(dice.Between(0, 3)) : new DeviceEvent.Remove(dice.Between(0, 3)),
        8 => new DeviceEvent.Attach(
            dice.Pick(Devices.Hot, Devices.Packets, Devices.Requests, Devices.Timer), dice.Between(0, 3), (Policy)dice.Between(0, 3)),
        9 => new DeviceEvent.Detach(dice.Pick(Devices.Hot, Devices.Packets), dice.Between(0, 3)),
        10 => new DeviceEvent.Run(dice.Between(0, 3), Sequence.Of<byte>(dice.Bytes(dice.Pick(0, 8, 40)))),
        _ => new DeviceEvent.Restart(),
    };

    private static string Pointer(int register, int distance) => $"r{register} = r10\nr{register} += -{distance}";

    private static string Program(Dice dice)
    {
        var lines = dice.Several(dice.Between(2, 15), one => one.Between(0, 5) switch
        {
            0 or 1 => $"r{one.Between(1, 5)} = 0x{one.Pick(Values):x} ll",
            2 => one.OnceIn(2) ? $"r{one.Between(1, 3)} = r0" : $"r1 = {one.Between(0, 2)}\ncall 0x30\nr1 = r0",
            3 => Pointer(one.Between(1, 2), one.Pick(8, 16, 40, 64)),
            _ => $"call 0x{HelperCatalogue.Ids[one.Between(0, HelperCatalogue.Ids.Count - 1)]:x}",
        });
        var context = dice.OnceIn(2) ? "r1 = 0x20000000 ll\n" : "";
        return $"{string.Join($"\n{context}", lines)}\nexit\n";
    }

    private static byte[] Request(Dice dice)
    {
        var path = dice.Pick(
            "app", "app/0", "app/1", "app/3", "c/0", "c/1", "c/2", "c/3", "kv/global", "kv/0/1", "kv/global/3", "sensors", "sensors/0",
            "hooks",
            "hooks/timer/0", "hooks/packets/1?policy=single", "temp", "bpf/submit", "bpf/handle", "bpf/exec/1",
            ".well-known/core", "app/0?helpers=10");
        var message = Devices.Request(new((byte)dice.Between(1, 5)), path, (ushort)dice.Between(0, 50), (CoapType)dice.Between(0, 1));
        if (dice.OnceIn(3))
        {
            message = message.With(new(
                dice.Pick(CoapOptions.Block1, CoapOptions.Block2), Sequence.Of<byte>(dice.Bytes(dice.Between(0, 2)))));
        }


        if (dice.OnceIn(5))
            message = message.With(CoapOption.Of(dice.Pick(CoapOptions.Accept, CoapOptions.ContentFormat, CoapOptions.Observe), 42));
        var payload = dice.OnceIn(3) ? Devices.Program(Devices.Counter) : Sequence.Of<byte>(dice.Bytes(dice.Pick(0, 5, 16, 32, 600)));
        return CoapWriter.Write(message with { Payload = payload });
    }

    private static byte[] Datagram(Dice dice)
    {
        if (dice.OnceIn(5)) return dice.Bytes(dice.Between(0, 60));
        var bytes = Request(dice);
        for (var i = dice.Between(0, 3); i > 0; i--)
            bytes[dice.Between(0, Math.Min(bytes.Length, 30) - 1)] ^= (byte)(1 << dice.Between(0, 7));
        return dice.OnceIn(5) ? bytes[..dice.Between(0, bytes.Length)] : bytes;
    }
}
