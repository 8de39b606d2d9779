using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Tests.Requests;

public sealed partial class ExchangeTests
{
    [Fact]
    public void A_ping_is_reset()
    {
        var step = Devices.Empty.Receive(CoapMessage.Empty(CoapType.Confirmable, 7));

        step.Answer().ShouldBe(CoapMessage.Empty(CoapType.Reset, 7));
        step.Device.ShouldBe(Devices.Empty);
    }

    [Theory]
    [InlineData("49011234", "70001234")] // A token too long, confirmable.
    [InlineData("59011234", null)] // The same, not confirmable.
    [InlineData("69011234", null)]
    [InlineData("40211234", "70001234")] // A reserved class.
    [InlineData("50211234", null)]
    [InlineData("40451234", "70001234")] // A response that nobody asked for.
    [InlineData("60011234", null)] // An acknowledgement with a request.
    [InlineData("70001234", null)]
    [InlineData("80011234", null)]
    public void What_is_no_request_is_reset_if_it_is_confirmable_and_else_silence(string hex, string? answer)
    {
        var step = Devices.Empty.Receive(Convert.FromHexString(hex));

        step.Effects.OfType<DeviceEffect.Send>().Select(sent => Convert.ToHexString(sent.Bytes.AsSpan()).ToLowerInvariant())
            .ShouldBe(answer is null ? [] : [answer]);
        step.Device.ShouldBe(Devices.Empty);
    }

    [Fact]
    public void A_confirmable_request_is_answered_in_the_acknowledgement_and_another_in_a_message_of_its_own()
    {
        var confirmed = Devices.Empty.Receive(Devices.Request(CoapCode.Get, "hooks", id: 77)).Answer();
        var step = Devices.Empty.Receive(Devices.Request(CoapCode.Get, "hooks", 77, CoapType.NonConfirmable));
        var next = step.Device.Receive(Devices.Request(CoapCode.Get, "hooks", 78, CoapType.NonConfirmable)).Answer();

        (confirmed.Type, confirmed.MessageId).ShouldBe((CoapType.Acknowledgement, (ushort)77));
        confirmed.Token.ShouldBe([0xab, 77]);
        (step.Answer().Type, step.Answer().Token).ShouldBe((CoapType.NonConfirmable, [0xab, 77]));
        next.MessageId.ShouldNotBe(step.Answer().MessageId);
    }

    [Fact]
    public void A_duplicate_gets_the_same_answer_and_has_no_effect()
    {
        var request = Devices.Request(CoapCode.Post, "c/0");
        var first = Devices.Empty.With(0, Devices.Counter).Receive(request);
        var again = first.Device.Receive(request);

        again.Effects.ShouldBe([first.Effects.OfType<DeviceEffect.Send>().Single()]);
        again.Device.ShouldBe(first.Device);
        again.Answer().Text().ShouldBe("1");
        first.Device.Receive(request, peer: "[::1]:40001").Answer().Text().ShouldBe("2");
    }

    [Fact]
    public void After_the_lifetime_of_an_exchange_an_id_is_of_another_message()
    {
        var request = Devices.Request(CoapCode.Post, "c/0");
        var device = Devices.Empty.With(0, Devices.Counter).Receive(request).Device;

        device.After(new DeviceEvent.Clock(246_999_999)).Receive(request).Answer().Text().ShouldBe("1");
        device.After(new DeviceEvent.Clock(247_000_000)).Receive(request).Answer().Text().ShouldBe("2");
    }

    [Fact]
    public void As_many_messages_are_remembered_as_the_device_has_room_for()
    {
        var device = Device.Of(Devices.Settings with { Remembered = 3 });
        for (ushort id = 1; id <= 10; id++) device = device.Receive(Devices.Request(CoapCode.Get, "hooks", id)).Device;

        device.Remembered.Select(message => message.MessageId).ShouldBe([8, 9, 10]);
    }

    [Fact]
    public void A_critical_option_that_is_not_known_is_refused_or_the_message_ignored()
    {
        var request = Devices.Request(CoapCode.Get, "hooks").With(new(9, []));

        Devices.Empty.Receive(request).Answer().Code.ShouldBe(CoapCode.BadOption);
        Devices.Empty.Receive(request with { Type = CoapType.NonConfirmable }).Effects.ShouldBeEmpty();
        Devices.Empty.Receive(Devices.Request(CoapCode.Get, "hooks").With(new(10, [1]))).Answer().Code.ShouldBe(CoapCode.Content);
    }

    [Fact]
    public void A_proxy_is_none()
    {
        var request = Devices.Request(CoapCode.Get, "").With(CoapOption.Of(CoapOptions.ProxyUri, "coap://other/"));

        Devices.Empty.Receive(request).Answer().Code.ShouldBe(CoapCode.ProxyingNotSupported);
    }

    [Fact]
    public void A_block_of_the_reserved_size_is_refused() =>
        Devices.Empty.Receive(Devices.Request(CoapCode.Get, "hooks").With(new(CoapOptions.Block2, [7])))
            .Answer().Code.ShouldBe(CoapCode.BadRequest);

    [Fact]
    public void A_content_format_that_is_not_accepted_is_not_sent()
    {
        var json = Devices.Request(CoapCode.Get, "hooks").With(CoapOption.Of(CoapOptions.Accept, 50));
        var text = Devices.Request(CoapCode.Get, "hooks").With(CoapOption.Of(CoapOptions.Accept, 0));

        Devices.Empty.Receive(json).Answer().Code.ShouldBe(CoapCode.NotAcceptable);
        Devices.Empty.Receive(text).Answer().Code.ShouldBe(CoapCode.Content);
    }

    [Fact]
    public void A_long_answer_goes_in_blocks_that_make_it_up_again() =>
        Law.Holds(seed: 2201, 20, dice => (Bytes: dice.Between(1, 200) * 8, Exponent: dice.Between(0, 6)), drawn =>
        {
            var program = string.Join('\n', Enumerable.Range(0, (drawn.Bytes / 8) - 1).Select(number => $"r0 = {number}")) + "\nexit";
            var device = Devices.Empty.With(0, program);
            List<byte> whole = [];
            for (var number = 0; ; number++)
            {
                var request = Devices.Request(CoapCode.Get, "app/0", (ushort)(number + 1))
                    .With(new CoapBlock(number, false, drawn.Exponent).ToOption(CoapOptions.Block2));
                var step = device.Receive(request);
                var answer = step.Answer();
                device = step.Device;
                var block = CoapBlock.Of(answer.Option(CoapOptions.Block2)!).ShouldNotBeNull();
                block.Number.ShouldBe(number);
                answer.Option(CoapOptions.Size2)!.Unsigned.ShouldBe((uint)drawn.Bytes);
                whole.AddRange(answer.Payload);
                if (!block.More) break;
                answer.Payload.Count.ShouldBe(block.Size);
            }

            whole.ShouldBe(Devices.Program(program));
        });

    [Fact]
    public void An_answer_of_more_than_1024_bytes_goes_in_blocks_unasked()
    {
        var device = Devices.Empty.With(0, string.Join('\n', Enumerable.Repeat("r0 = 1", 200)) + "\nexit");

        var answer = device.Receive(Devices.Request(CoapCode.Get, "app/0")).Answer();

        answer.Payload.Count.ShouldBe(1024);
        CoapBlock.Of(answer.Option(CoapOptions.Block2)!).ShouldBe(new CoapBlock(0, true, 6));
    }
}
