using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;

namespace RbpfSpec.Host.Tests.Requests;

public sealed class ObservationTests
{
    private const string Peer = "[::1]:40000";
    private const ulong Second = 1_000_000;

    private static readonly Sequence<byte> Token = [7, 8];

    [Fact]
    public void A_client_that_asks_for_it_is_told_when_the_sensor_changes_and_not_otherwise()
    {
        var (device, answer) = Exchanged(Start, Get(1, observe: 0));

        answer.Option(CoapOptions.Observe).ShouldNotBeNull();
        device = Passing(device, 10 * Second);
        Sent(device.Step(Sample(21))).ShouldBeEmpty();
        var told = Sent(device.Step(Sample(22))).ShouldHaveSingleItem();
        told.Token.ShouldBe(Token);
        told.Type.ShouldBe(CoapType.NonConfirmable);
        told.Code.ShouldBe(CoapCode.Content);
        Text(told).ShouldBe("22 scale 0 unit 2");
        told.Option(CoapOptions.Observe)!.Unsigned!.Value.ShouldBeGreaterThan(answer.Option(CoapOptions.Observe)!.Unsigned!.Value);
    }

    [Fact]
    public void The_same_client_with_the_same_token_is_told_once()
    {
        var device = Observing(Observing(Start, 1), 2);

        Sent(device.Step(Sample(22))).Count.ShouldBe(1);
    }

    [Fact]
    public void A_client_that_does_not_want_it_any_more_is_not_told()
    {
        var (device, answer) = Exchanged(Observing(Start, 1), Get(2, observe: 1));

        answer.Option(CoapOptions.Observe).ShouldBeNull();
        Sent(device.Step(Sample(22))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(CoapType.Reset, 0)]
    [InlineData(CoapType.Acknowledgement, 1)]
    public void A_reset_of_a_notification_ends_it_and_an_acknowledgement_does_not(CoapType type, int expected)
    {
        var step = Observing(Start, 1).Step(Sample(22));
        var id = Sent(step).ShouldHaveSingleItem().MessageId;

        var device = step.Device.Step(Datagram(CoapMessage.Empty(type, id))).Device;

        Sent(Passing(device, 100 * Second).Step(Sample(23))).Count.ShouldBe(expected);
    }

    [Fact]
    public void Soon_after_another_a_notification_waits_for_its_acknowledgement_and_says_the_latest()
    {
        var step = Observing(Start, 1).Step(Sample(22));
        var first = Sent(step).ShouldHaveSingleItem();
        first.Type.ShouldBe(CoapType.Confirmable);
        step = step.Device.Step(Sample(23));
        Sent(step).ShouldBeEmpty();
        step = step.Device.Step(Sample(24));
        Sent(step).ShouldBeEmpty();

        var next = Sent(step.Device.Step(Datagram(CoapMessage.Empty(CoapType.Acknowledgement, first.MessageId)))).ShouldHaveSingleItem();

        Text(next).ShouldBe("24 scale 0 unit 2");
    }

    [Fact]
    public void One_that_is_not_acknowledged_is_sent_five_times_with_longer_and_longer_waits_and_its_client_is_given_up()
    {
        var step = Observing(Start, 1).Step(Sample(22));
        var first = step.Effects.OfType<DeviceEffect.Send>().ShouldHaveSingleItem();
        List<ulong> times = [step.Device.Now];
        while (step.Device.Due is { } due)
        {
            step = step.Device.Step(new DeviceEvent.Clock(due));
            if (step.Effects.OfType<DeviceEffect.Send>().SingleOrDefault() is not { } again) continue;
            again.ShouldBe(first);
            times.Add(due);
        }

        times.Count.ShouldBe(5);
        var waits = times.Zip(times.Skip(1), (before, after) => after - before).ToList();
        waits[0].ShouldBeInRange(2 * Second, 3 * Second);
        for (var i = 1; i < waits.Count; i++) waits[i].ShouldBe(2 * waits[i - 1]);
        step.Device.Observers.ShouldBeEmpty();
    }

    [Fact]
    public void Every_eighth_that_is_not_soon_after_another_has_to_be_acknowledged()
    {
        var device = Observing(Start, 1);
        List<CoapType> types = [];
        for (short i = 0; i < 16; i++)
        {
            device = Passing(device, device.Now + (10 * Second));
            var step = device.Step(Sample(i));
            var sent = Sent(step).ShouldHaveSingleItem();
            types.Add(sent.Type);
            device = step.Device.Step(Datagram(CoapMessage.Empty(CoapType.Acknowledgement, sent.MessageId))).Device;
        }

        types.Count(type => type is CoapType.Confirmable).ShouldBe(2);
        var places = types.Index().Where(pair => pair.Item is CoapType.Confirmable).Select(pair => pair.Index).ToList();
        (places[1] - places[0]).ShouldBe(8);
    }

    [Fact]
    public void After_a_day_without_one_the_next_has_to_be_acknowledged()
    {
        var device = Passing(Observing(Start, 1), 86_400 * Second);

        Sent(device.Step(Sample(22))).ShouldHaveSingleItem().Type.ShouldBe(CoapType.Confirmable);
    }

    [Fact]
    public void A_resource_that_is_no_longer_there_is_told_as_an_error_and_the_client_is_forgotten()
    {
        var step = Observing(Start, 1).Step(new DeviceEvent.Sample(0, null));

        var told = Sent(step).ShouldHaveSingleItem();
        told.Code.ShouldBe(CoapCode.ServiceUnavailable);
        told.Option(CoapOptions.Observe).ShouldBeNull();
        step.Device.Observers.ShouldBeEmpty();
    }

    [Fact]
    public void A_full_table_answers_without_telling_of_changes()
    {
        var device = Device.Of(Settings with { Observers = 1 });
        device = Observing(device, 1);

        var (after, answer) = Exchanged(device, Get(1, observe: 0), "[::1]:40001");

        answer.Code.ShouldBe(CoapCode.Content);
        answer.Option(CoapOptions.Observe).ShouldBeNull();
        after.Observers.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("app")]
    [InlineData("hooks")]
    public void Of_other_resources_no_changes_are_told(string path) =>
        Exchanged(Start, Message(1, path).With(CoapOption.Of(CoapOptions.Observe, 0)))
            .Answer.Option(CoapOptions.Observe).ShouldBeNull();

    [Fact]
    public void A_loss_of_power_ends_it() =>
        Sent(Observing(Start, 1).Step(new DeviceEvent.Restart()).Device.Step(Sample(22))).ShouldBeEmpty();

    private static DeviceSettings Settings => new() { Sensors = [new("temperature", 0x82, Reading.Of(21, Reading.Celsius, 0))] };

    private static Device Start => Device.Of(Settings);

    private static Device Observing(Device device, ushort id) => Exchanged(device, Get(id, observe: 0)).Device;

    private static Device Passing(Device device, ulong now) => device.Step(new DeviceEvent.Clock(now)).Device;

    private static DeviceEvent.Sample Sample(short value) => new(0, Reading.Of(value, Reading.Celsius, 0));

    private static CoapMessage Get(ushort id, uint observe) =>
        Message(id, "sensors", "0").With(CoapOption.Of(CoapOptions.Observe, observe));

    private static CoapMessage Message(ushort id, params string[] path) => path.Aggregate(
        new CoapMessage(CoapType.Confirmable, CoapCode.Get, id, Token, [], []),
        (message, part) => message.With(CoapOption.Of(CoapOptions.UriPath, part)));

    private static DeviceEvent.Datagram Datagram(CoapMessage message, string peer = Peer) =>
        new(peer, Sequence.Of<byte>(CoapWriter.Write(message)));

    private static (Device Device, CoapMessage Answer) Exchanged(Device device, CoapMessage message, string peer = Peer)
    {
        var step = device.Step(Datagram(message, peer));
        return (step.Device, Sent(step).ShouldHaveSingleItem());
    }

    private static IReadOnlyList<CoapMessage> Sent(Step step) =>
    [
        .. step.Effects.OfType<DeviceEffect.Send>()
            .Select(send => CoapReader.Read(send.Bytes.AsSpan()).ShouldBeOfType<CoapReading.Read>().Message),
    ];

    private static string Text(CoapMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.AsSpan());
}
