using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Requests;

public sealed class ResourcesTests
{
    private static readonly Device Two = Devices.Empty.With(0, Devices.Counter).With(1, Devices.SensorReply);

    [Theory]
    [InlineData("c/0", "2.05", "1")]
    [InlineData("bpf/handle", "2.05", "1")]
    [InlineData("bpf/exec/1", "2.05", "27.16")]
    [InlineData("c/2", "4.04", "slot 2 is free")]
    [InlineData("c/9", "4.04", "no slot '9'; there are 0 to 3")]
    [InlineData("c/-1", "4.04", "no slot '-1'; there are 0 to 3")]
    [InlineData("sensors/0", "2.05", "2716 scale -2 unit 2")]
    [InlineData("sensors/2", "5.03", "the sensor yields nothing at present")]
    [InlineData("sensors/3", "4.04", "no sensor '3'; there are 3")]
    [InlineData("kv/0", "2.05", "")]
    [InlineData("kv/0/1", "4.04", "no value of the key 1")]
    [InlineData("kv/2/1", "4.04", "slot 2 is free")]
    [InlineData("kv/global/x", "4.04", "no key 'x'; expected a number of 32 bits")]
    [InlineData("hooks", "2.05", "packets: none; 0 times\ntimer: none; 0 times\nhot: none; 0 times\nrequests: none; 0 times\n")]
    [InlineData("temp", "5.03", "no container is started here")]
    [InlineData("nothing/here", "4.04", "no resource 'nothing/here'")]
    public void A_resource_answers(string path, string code, string text)
    {
        var answer = Two.Receive(Devices.Request(CoapCode.Get, path)).Answer();

        (answer.Code.ToString(), answer.Text()).ShouldBe((code, text));
    }

    [Theory]
    [InlineData("sensors", 0x03)]
    [InlineData("app", 0x02)]
    [InlineData("c/0", 0x03)]
    [InlineData("c/0", 0x04)]
    [InlineData("kv/0", 0x04)]
    [InlineData("hooks/packets/0", 0x01)]
    [InlineData("bpf/submit", 0x01)]
    public void Another_method_is_refused(string path, byte method)
    {
        var step = Two.Receive(Devices.Request(new(method), path));

        step.Answer().Code.ShouldBe(CoapCode.MethodNotAllowed);
        Persisted.Of(step.Device).ShouldBe(Persisted.Of(Two));
    }

    [Fact]
    public void A_store_can_be_read_by_key_and_as_a_whole()
    {
        var device = Two.Run(0).Device.Run(0).Device;

        device.Receive(Devices.Request(CoapCode.Get, "kv/0/1")).Answer().Text().ShouldBe("2");
        device.Receive(Devices.Request(CoapCode.Get, "kv/0/0x1")).Answer().Text().ShouldBe("2");
        device.Receive(Devices.Request(CoapCode.Get, "kv/0")).Answer().Text().ShouldBe("1 2\n");
        device.Receive(Devices.Request(CoapCode.Get, "kv/1")).Answer().Text().ShouldBe("");
    }

    [Fact]
    public void A_trap_is_told_with_slot_and_place_and_the_container_is_stopped()
    {
        var device = Devices.Empty.With(3, Devices.Faulty).With(2, Devices.Endless);
        var fault = device.Receive(Devices.Request(CoapCode.Get, "c/3"));
        var endless = device.Receive(Devices.Request(CoapCode.Get, "c/2"));

        fault.Answer().Code.ShouldBe(CoapCode.InternalServerError);
        fault.Answer().Text().ShouldBe("the container in slot 3 is stopped: trap MemoryAccess at slot 2");
        endless.Answer().Code.ShouldBe(CoapCode.GatewayTimeout);
        var stopped = fault.Device.Receive(Devices.Request(CoapCode.Get, "c/3", id: 2));
        stopped.Answer().Code.ShouldBe(CoapCode.ServiceUnavailable);
        stopped.Answer().Text().ShouldBe("the container in slot 3 is stopped: trap MemoryAccess at slot 2");
    }

    [Theory]
    [InlineData("r0 = -160\nexit", "5.00", "")]
    [InlineData("r0 = -132\nexit", "4.04", "")]
    [InlineData("r0 = -69\nexit", "2.05", "-69")]
    [InlineData("r0 = -1\nexit", "2.05", "-1")]
    [InlineData("r0 = 0x7fffffffffffffff ll\nexit", "2.05", "9223372036854775807")]
    [InlineData("r2 = 68\ncall 0x40\nr0 = 0\nexit", "2.04", "")]
    [InlineData(
        "r6 = r1\nr2 = 69\ncall 0x40\nr1 = r6\nr2 = 1\ncall 0x41\nr0 += 506\nexit", "5.00",
        "the container in slot 0 says its response has 513 bytes; 7 to 512")]
    [InlineData(
        "r6 = r1\nr2 = 69\ncall 0x40\nr1 = r6\nr2 = 1\ncall 0x41\nr0 = 6\nexit", "5.00",
        "the container in slot 0 says its response has 6 bytes; 7 to 512")]
    public void A_result_is_an_answer(string program, string code, string text)
    {
        var answer = Devices.Empty.With(0, program).Receive(Devices.Request(CoapCode.Get, "c/0")).Answer();

        (answer.Code.ToString(), answer.Text()).ShouldBe((code, text));
    }

    // The buffer begins with the request; what a program writes over its header is never sent.
    [Fact]
    public void A_forged_header_is_not_sent()
    {
        const string Forger = "r6 = r1\nr7 = *(u64 *)(r1 + 8)\nr2 = 69\ncall 0x40\nr1 = r6\nr2 = 1\ncall 0x41\n*(u64 *)(r7 + 0) = -1\nexit";

        var answer = Devices.Empty.With(0, Forger).Receive(Devices.Request(CoapCode.Get, "c/0", id: 5)).Answer();

        answer.ShouldBe(new(CoapType.Acknowledgement, CoapCode.Content, 5, [0xab, 5], [], []));
    }

    [Fact]
    public void A_program_reads_the_payload_of_its_request()
    {
        const string First = "r2 = *(u32 *)(r1 + 32)\nr3 = *(u16 *)(r1 + 36)\nr0 = *(u8 *)(r2 + 0)\nr0 <<= 8\nr0 += r3\nexit";

        var answer = Devices.Empty.With(0, First).Receive(Devices.Request(CoapCode.Post, "c/0") with { Payload = [3, 4, 5] }).Answer();

        answer.Text().ShouldBe($"{(3 << 8) + 3}");
    }

    [Fact]
    public void A_request_longer_than_the_buffer_is_too_large()
    {
        var step = Two.Receive(Devices.Request(CoapCode.Post, "c/0") with { Payload = new byte[600].ToSequence() });

        step.Answer().Code.ShouldBe(CoapCode.RequestEntityTooLarge);
        step.Effects.OfType<DeviceEffect.Ran>().ShouldBeEmpty();
    }

    [Fact]
    public void Discovery_names_what_is_there()
    {
        var answer = Two.Receive(Devices.Request(CoapCode.Get, ".well-known/core")).Answer();

        answer.Option(CoapOptions.ContentFormat)!.Unsigned.ShouldBe(40u);
        foreach (var path in (string[])["</app>", "</sensors/2>", "</app/1>", "</c/0>", "</temp>"]) answer.Text().ShouldContain(path);
        answer.Text().ShouldNotContain("</app/2>");
    }

    [Fact]
    public void Discovery_says_of_which_resources_a_client_is_told_changes()
    {
        foreach (var link in Two.Receive(Devices.Request(CoapCode.Get, ".well-known/core")).Answer().Text().Split(','))
        {
            var path = link[2..link.IndexOf('>', StringComparison.Ordinal)];
            var answer = Two.Receive(Devices.Request(CoapCode.Get, path).With(CoapOption.Of(CoapOptions.Observe, 0u))).Answer();

            if (answer.Code.Class != 2) continue;
            (answer.Option(CoapOptions.Observe) is not null).ShouldBe(link.Contains(";obs", StringComparison.Ordinal), link);
        }
    }

    [Fact]
    public void A_program_can_be_fetched_and_is_not_sent_again_to_who_has_it()
    {
        var answer = Two.Receive(Devices.Request(CoapCode.Get, "app/0")).Answer();
        var tag = answer.Option(CoapOptions.ETag)!;
        var valid = Two.Receive(Devices.Request(CoapCode.Get, "app/0").With(tag)).Answer();
        var other = Two.Receive(Devices.Request(CoapCode.Get, "app/1").With(tag)).Answer();

        answer.Payload.ShouldBe(Devices.Program(Devices.Counter));
        (valid.Code, valid.Payload.Count).ShouldBe((CoapCode.Valid, 0));
        other.Code.ShouldBe(CoapCode.Content);
    }

    [Fact]
    public void Containers_are_stopped_started_listed_and_removed_over_the_network()
    {
        var stopped = Two.Receive(Devices.Request(CoapCode.Post, "app/0") with { Payload = Sequence.Of("stop"u8) }).Device;
        var started = stopped.Receive(Devices.Request(CoapCode.Post, "app/0", id: 2) with { Payload = Sequence.Of("start"u8) }).Device;
        var removed = started.Receive(Devices.Request(CoapCode.Delete, "app/0", id: 3));

        stopped.At(0)!.IsStarted.ShouldBeFalse();
        started.At(0)!.IsStarted.ShouldBeTrue();
        removed.Answer().Code.ShouldBe(CoapCode.Deleted);
        removed.Device.At(0).ShouldBeNull();
        removed.Device.Receive(Devices.Request(CoapCode.Delete, "app/0", id: 4)).Answer().Code.ShouldBe(CoapCode.NotFound);
        stopped.Receive(Devices.Request(CoapCode.Get, "app", id: 5)).Answer().Text().Split('\n')[0]
            .ShouldBe($"0 88 bytes {Two.At(0)!.Application.Digest:x16} rbpf snippet stopped, 0 runs");
        Two.Receive(Devices.Request(CoapCode.Post, "app/0") with { Payload = Sequence.Of("go"u8) }).Answer().Text()
            .ShouldBe("'go'; expected start or stop");
    }

    [Theory]
    [InlineData("continue")]
    [InlineData("abort-on-negative")]
    [InlineData("abort-on-positive")]
    [InlineData("single")]
    public void A_policy_is_told_as_it_is_asked_for(string policy)
    {
        var attached = Two.Receive(Devices.Request(CoapCode.Put, $"hooks/requests/1?policy={policy}")).Device;

        attached.Receive(Devices.Request(CoapCode.Get, "hooks", id: 2)).Answer().Text()
            .ShouldContain($"\nrequests: 1 {policy}; ");
    }

    [Fact]
    public void Containers_are_attached_to_hooks_and_detached_over_the_network()
    {
        var attached = Two.Receive(Devices.Request(CoapCode.Put, "hooks/requests/1?policy=single"));
        var answer = attached.Device.Receive(Devices.Request(CoapCode.Get, "temp", id: 2)).Answer();
        var detached = attached.Device.Receive(Devices.Request(CoapCode.Delete, "hooks/requests/1", id: 3)).Device;

        attached.Device.Hooks[3].Entries.ShouldBe([new HookEntry(1, Policy.Single)]);
        answer.Text().ShouldBe("27.16");
        detached.Hooks.ShouldBe(Two.Hooks);
        Two.Receive(Devices.Request(CoapCode.Put, "hooks/none/1")).Answer().Text()
            .ShouldBe("no hook is called 'none'; there are: packets, timer, hot, requests");
        Two.Receive(Devices.Request(CoapCode.Put, "hooks/timer/1?policy=maybe")).Answer().Code.ShouldBe(CoapCode.BadRequest);
    }
}
