using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Host.Tests.Updates;

public sealed class AdmittanceTests
{
    private static readonly Sequence<byte> Program = Devices.Program("call 0x20\nr0 = 7\nexit");

    private static readonly Sequence<byte> Digest = [1, 2, 3];

    private static readonly UpdateManifest Right = new(
        5, 1, Digest, Program.Count, "rbpf", BudgetClass.Logic, [0x20],
        [new(Devices.Timer, Policy.Single), new(Devices.Requests, Policy.Continue)]);

    public static TheoryData<string, string, UpdateManifest> Refusals => new()
    {
        { "4.09", "rollback: sequence number 4; the last accepted for slot 1 is 5", Right with { Number = 4 } },
        { "4.09", "replay: sequence number 5 was accepted for slot 1; the next is 6 or more", Right },
        { "4.03", "wrong slot: signed for slot 0, sent to slot 1", Right with { Number = 6, Slot = 0 } },
        { "4.22", "wrong digest: signed is 01…; the program that came has 010203…", Right with { Number = 6, Digest = [1] } },
        { "4.22", "wrong size: signed are 8 bytes; 24 came", Right with { Number = 6, Size = 8 } },
        { "4.22", "unknown profile: 'none'; there are: rbpf, rfc9669", Right with { Number = 6, Profile = "none" } },
        {
            "4.22", "unknown hook: 'none'; there are: packets, timer, hot, requests",
            Right with { Number = 6, Hooks = [new("none", Policy.Single)] }
        },
        { "4.22", "missing grants: the program calls 0x20; granted are 0x10, 0x12", Right with { Number = 6, Grants = [0x10, 0x12] } },
        { "4.22", "missing grants: the program calls 0x20; granted are none", Right with { Number = 6, Grants = [] } },
        {
            "4.22", "rejected: the helper 0x99 is granted; a device has none of this id",
            Right with { Number = 6, Grants = [0x20, 0x99] }
        },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_is_not_right_is_refused_with_its_code_and_changes_nothing(string code, string problem, UpdateManifest manifest)
    {
        var device = Trusting(Right).Receive(Put(id: 1)).Device;
        var step = With(device, manifest).Receive(Put(id: 2));

        step.Answer().Code.ToString().ShouldBe(code);
        step.Answer().Text().ShouldBe(problem);
        Persisted.Of(step.Device).ShouldBe(Persisted.Of(device));
    }

    [Fact]
    public void A_program_that_the_preflight_rejects_or_that_is_too_large_is_refused()
    {
        var endless = Devices.Program("r0 = 7");
        var large = Sequence.Of<byte>(new byte[5000]);

        var rejected = Trusting(Right with { Size = endless.Count }, endless).Receive(Put(id: 1));
        var beyond = Trusting(Right with { Size = large.Count }, large).Receive(Put(id: 1));

        rejected.Answer().Code.ShouldBe(CoapCode.UnprocessableEntity);
        rejected.Answer().Text().ShouldStartWith("rejected: slot 0: ");
        beyond.Answer().Code.ShouldBe(CoapCode.RequestEntityTooLarge);
        beyond.Answer().Text().ShouldBe("too large: 5000 bytes; the most are 4096");
        Persisted.Of(rejected.Device).ShouldBe(Persisted.Of(Devices.Empty));
        Persisted.Of(beyond.Device).ShouldBe(Persisted.Of(Devices.Empty));
    }

    [Fact]
    public void Application_number_and_hooks_change_at_once()
    {
        var step = Trusting(Right).Receive(Put(id: 1));
        var container = step.Device.At(1).ShouldNotBeNull();

        step.Answer().Code.ShouldBe(CoapCode.Created);
        step.Answer().Payload.ShouldBeEmpty();
        container.Application.Program.ShouldBe(Program);
        container.Application.Manifest.ShouldBe(new Manifest(Semantics.Profiles.Profile.Rbpf, BudgetClass.Logic, [0x20]));
        step.Device.Numbers.ShouldBe([0, 5, 0, 0]);
        step.Device.Hooks.Select(hook => hook.Entries).ShouldBe([[], [new(1, Policy.Single)], [], [new(1, Policy.Continue)]]);
        With(step.Device, Right with { Number = 6 }).Receive(Put(id: 2)).Answer().Code.ShouldBe(CoapCode.Changed);
    }

    [Fact]
    public void Grants_that_the_program_does_not_use_are_told()
    {
        var step = Trusting(Right with { Grants = [0x10, 0x20, 0x31] }).Receive(Put(id: 1));

        step.Answer().Code.ShouldBe(CoapCode.Created);
        step.Answer().Text().ShouldBe("granted, and not called: 0x10, 0x31");
        step.Device.Receive(Devices.Request(CoapCode.Get, "app", id: 2)).Answer().Text()
            .ShouldContain(", sequence number 5, not called: 0x10, 0x31\n");
    }

    [Fact]
    public void A_number_outlives_its_application_and_a_loss_of_power()
    {
        var device = Trusting(Right).Receive(Put(id: 1)).Device
            .After(new DeviceEvent.Remove(1))
            .After(new DeviceEvent.Restart());

        device.At(1).ShouldBeNull();
        device.Receive(Put(id: 2)).Answer().Text().ShouldStartWith("replay: ");
    }

    [Fact]
    public void Each_slot_has_a_number_of_its_own()
    {
        var device = With(Trusting(Right).Receive(Put(id: 1)).Device, Right with { Slot = 0, Number = 1, Hooks = [] });

        device.Receive(Put(id: 2, slot: 0)).Device.Numbers.ShouldBe([1, 5, 0, 0]);
    }

    [Fact]
    public void Nothing_is_visible_before_the_last_block_is_verified()
    {
        var device = Trusting(Right);
        var blocks = Devices.Upload(1, Program, exponent: 0);

        foreach (var block in blocks[..^1])
        {
            var step = device.Receive(block);
            step.Answer().Code.ShouldBe(CoapCode.Continue);
            Persisted.Of(step.Device).ShouldBe(Persisted.Of(device));
            device = step.Device;
        }

        device.Receive(blocks[^1]).Device.At(1).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(18, "", "app/1", CoapCodes.Created)]
    [InlineData(42, "4.01", "app/1", "not signed: content format 42; expected 18, a signed update")]
    [InlineData(50, "4.15", "app/1", "content format 50; expected 18")]
    [InlineData(18, "4.00", "app/1?class=logic", "'class=logic'; of a signed update the manifest says all conditions")]
    public void A_device_that_trusts_keys_takes_signed_updates_alone(uint format, string code, string path, string text)
    {
        var request = (Devices.Request(CoapCode.Put, path) with { Payload = Program })
            .With(CoapOption.Of(CoapOptions.ContentFormat, format));

        var answer = Trusting(Right).Receive(request).Answer();

        if (code == "") answer.Code.ToString().ShouldBe(text);
        else $"{answer.Code} {answer.Text()}".ShouldBe($"{code} {text}");
    }

    [Fact]
    public void A_device_that_trusts_no_key_takes_nothing_unless_it_is_told_to()
    {
        var refusing = Device.Of(Devices.Settings with { Updates = new UpdatePolicy.Refuse() });
        var signed = (Put(id: 1)).With(CoapOption.Of(CoapOptions.ContentFormat, CoapOptions.CoseSign1));

        foreach (var request in (CoapMessage[])[Put(id: 1), signed, .. Devices.Upload(1, Program, exponent: 0)])
        {
            var step = refusing.Receive(request);
            step.Answer().Code.ShouldBe(CoapCode.Forbidden);
            step.Answer().Text().ShouldBe("no updates: this device trusts no key, and takes nothing that is not signed");
            step.Device.Transfers.ShouldBeEmpty();
        }

        new DeviceSettings().Updates.ShouldBe(new UpdatePolicy.Refuse());
        Devices.Empty.Receive(signed).Answer().Code.ShouldBe(CoapCode.UnsupportedContentFormat);
    }

    [Fact]
    public void What_the_verifier_refuses_is_refused_with_its_words()
    {
        foreach (var reason in Enum.GetValues<UpdateRefusal>())
        {
            var device = Device.Of(Devices.Settings with
            {
                Updates = new UpdatePolicy.Signed(_ => new Verification.Refused(reason, "byte 3: so")),
            });

            var step = device.Receive(Put(id: 1));

            step.Answer().Code.ShouldBe(reason.Code());
            step.Answer().Code.Class.ShouldBe(4);
            step.Answer().Text().ShouldBe($"{reason.Text()}: byte 3: so");
            step.Device.At(1).ShouldBeNull();
        }

        Enum.GetValues<UpdateRefusal>().Select(reason => reason.Text()).ShouldBeUnique();
    }

    private static Device Trusting(UpdateManifest manifest, Sequence<byte>? program = null) =>
        With(Devices.Empty, manifest, program);

    private static Device With(Device device, UpdateManifest manifest, Sequence<byte>? program = null) => device with
    {
        Settings = device.Settings with
        {
            Updates = new UpdatePolicy.Signed(bytes => new Verification.Trusted(new(manifest, program ?? bytes, Digest))),
        },
    };

    private static CoapMessage Put(ushort id, int slot = 1) =>
        Devices.Request(CoapCode.Put, $"app/{slot}", id) with { Payload = Program };

    private static class CoapCodes
    {
        public const string Created = "2.01";
    }
}
