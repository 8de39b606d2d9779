using RbpfSpec.Host.Coap;
using RbpfSpec.Serving.Client;

namespace RbpfSpec.Serving.Tests.Client;

public sealed class CoapClientTests
{
    private static readonly CoapRequest Get = CoapRequest.Of(CoapCode.Get, "sensors/0");

    [Fact]
    public void An_answer_in_the_acknowledgement_is_the_result()
    {
        var channel = new ScriptedChannel((message, _) => [Ack(message, "27")]);

        Text(Send(channel, Get)).ShouldBe("27");
        var sent = channel.Sent.ShouldHaveSingleItem().Message;
        sent.Type.ShouldBe(CoapType.Confirmable);
        sent.Path.ShouldBe(["sensors", "0"]);
        sent.Token.Count.ShouldBe(4);
    }

    // RFC 7252 §4.2 and §4.8: five transmissions, each pause twice the one before, and 31 times the first one in all.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_message_without_an_answer_is_sent_five_times(int seed)
    {
        var channel = new ScriptedChannel((_, _) => []);
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(seed));

        client.Send(Get).ShouldBeOfType<CoapResult.Failed>().Problem.ShouldEndWith("s, sent 5 times");
        var times = channel.Sent.Select(sent => sent.Time).ToList();
        var pauses = times.Zip(times.Skip(1), (one, next) => next - one).ToList();
        pauses[0].ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3));
        for (var i = 1; i < pauses.Count; i++) pauses[i].ShouldBe(pauses[i - 1] * 2);
        channel.Now.ShouldBe(pauses[0] * 31);
        channel.Sent.Select(sent => sent.Message).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public void It_waits_no_longer_than_it_is_told()
    {
        var channel = new ScriptedChannel((_, _) => []);
        using var client = new CoapClient(channel, CoapTiming.Standard with { Longest = TimeSpan.FromSeconds(1) }, new Random(1));

        client.Send(Get).ShouldBe(new CoapResult.Failed("no answer within 1 s, sent 1 times"));
    }

    [Fact]
    public void A_lost_message_is_sent_again()
    {
        var channel = new ScriptedChannel((message, count) => count < 3 ? [] : [Ack(message, "27")]);

        Text(Send(channel, Get)).ShouldBe("27");
        channel.Sent.Count.ShouldBe(3);
    }

    [Fact]
    public void A_separate_response_is_acknowledged_and_so_is_its_duplicate()
    {
        var channel = new ScriptedChannel((message, count) => message.Code == CoapCode.Get
            ? [CoapMessage.Empty(CoapType.Acknowledgement, message.MessageId), Separate(message, 77), Separate(message, 77)]
            : []);
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(1));

        Text(client.Send(Get)).ShouldBe("late");
        client.Send(Get);
        channel.Sent.Where(sent => sent.Message.Type is CoapType.Acknowledgement).Select(sent => sent.Message.MessageId)
            .ShouldBe([77, 77, 77, 77]);
    }

    [Fact]
    public void An_acknowledged_request_is_not_sent_again()
    {
        var channel = new ScriptedChannel((message, _) => [CoapMessage.Empty(CoapType.Acknowledgement, message.MessageId)]);

        Send(channel, Get).ShouldBeOfType<CoapResult.Failed>().Problem.ShouldBe(
            "the request was acknowledged, and no response came within 93 s");
        channel.Sent.ShouldHaveSingleItem();
    }

    [Fact]
    public void Messages_that_answer_nothing_are_reset_or_passed_over()
    {
        var channel = new ScriptedChannel((message, count) => count > 1 ? [] :
        [
            Separate(message, 5) with { Token = [1] },
            Ack(message, "another's") with { MessageId = (ushort)(message.MessageId + 1) },
            Ack(message, "another's") with { Token = [1] },
            Ack(message, "27"),
        ]);

        Text(Send(channel, Get)).ShouldBe("27");
        channel.Sent[1].Message.ShouldBe(CoapMessage.Empty(CoapType.Reset, 5));
    }

    [Fact]
    public void A_reset_is_told() =>
        Send(new ScriptedChannel((message, _) => [CoapMessage.Empty(CoapType.Reset, message.MessageId)]), Get)
            .ShouldBe(new CoapResult.Failed("the server rejects the message with a reset"));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(4096)]
    [InlineData(1_000)]
    public void Bytes_go_and_come_in_blocks(int count)
    {
        var server = new BlockServer { Exponent = 2 };
        var channel = new ScriptedChannel((message, _) => [server.Answer(message)]);
        var bytes = Sequence.Of<byte>(new Dice((ulong)count).Bytes(count));
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(1)) { BlockExponent = 0 };

        client.Send(CoapRequest.Of(CoapCode.Put, "x") with { Payload = bytes }).ShouldBeOfType<CoapResult.Answered>()
            .Response.Code.ShouldBe(CoapCode.Changed);
        server.Content.ShouldBe(bytes);
        client.Send(CoapRequest.Of(CoapCode.Get, "x")).ShouldBeOfType<CoapResult.Answered>().Response.Payload.ShouldBe(bytes);
    }

    [Fact]
    public void A_server_that_wants_smaller_blocks_gets_them()
    {
        var server = new BlockServer { Exponent = 1 };
        var channel = new ScriptedChannel((message, _) => [server.Answer(message)]);
        var bytes = Sequence.Of<byte>(new Dice(1).Bytes(1000));
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(1)) { BlockExponent = 3 };

        client.Send(CoapRequest.Of(CoapCode.Put, "x") with { Payload = bytes }).ShouldBeOfType<CoapResult.Answered>();
        server.Content.ShouldBe(bytes);
        channel.Sent.Skip(1).Max(sent => sent.Message.Payload.Count).ShouldBe(32);
    }

    [Fact]
    public void A_resource_that_changes_while_it_is_read_is_told()
    {
        var server = new BlockServer { Exponent = 0, Content = Sequence.Of<byte>(new byte[100]) };
        var channel = new ScriptedChannel((message, count) =>
        {
            server.Tag = count < 3 ? [1] : [2];
            return [server.Answer(message)];
        });

        Send(channel, Get).ShouldBe(new CoapResult.Failed("the resource changed while its blocks were read"));
    }

    [Fact]
    public void Each_state_is_shown_once_and_the_server_is_told_of_the_end()
    {
        CoapMessage? asked = null;
        var channel = new ScriptedChannel((message, _) =>
        {
            if (message.Code != CoapCode.Get) return [];
            asked ??= message;
            return [Observed(Ack(message, "0"), 0)];
        });
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(1));
        List<string> shown = [];

        foreach (var result in client.Observe(Get))
        {
            shown.Add(Text(result));
            if (shown.Count == 1)
            {
                // The one with the number 1 was overtaken on its way.
                foreach (var number in (uint[])[2, 1, 3]) channel.Come(Observed(Separate(asked!, (ushort)(100 + number)), number));
            }

            if (shown.Count == 3) break;
        }

        shown.ShouldBe(["0", "late", "late"]);
        var last = channel.Sent[^1].Message;
        last.Option(CoapOptions.Observe)!.Unsigned.ShouldBe(1u);
        last.Token.ShouldBe(asked!.Token);
        channel.Sent.Count(sent => sent.Message.Type is CoapType.Acknowledgement).ShouldBe(3);
    }

    [Fact]
    public void A_resource_that_cannot_be_observed_is_shown_once()
    {
        using var client = new CoapClient(new ScriptedChannel((message, _) => [Ack(message, "27")]), CoapTiming.Standard, new Random(1));

        client.Observe(Get).Select(Text).ShouldBe(["27"]);
    }

    [Fact]
    public void A_request_that_nobody_waits_for_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        using var client = new CoapClient(new ScriptedChannel((_, _) => []), CoapTiming.Standard, new Random(1));

        client.Send(Get, cancellation.Token).ShouldBe(new CoapResult.Cancelled());
    }

    private static CoapResult Send(ScriptedChannel channel, CoapRequest request)
    {
        using var client = new CoapClient(channel, CoapTiming.Standard, new Random(1));
        return client.Send(request);
    }

    private static string Text(CoapResult result) =>
        System.Text.Encoding.UTF8.GetString(result.ShouldBeOfType<CoapResult.Answered>().Response.Payload.AsSpan());

    private static CoapMessage Ack(CoapMessage request, string text) => new(
        CoapType.Acknowledgement, CoapCode.Content, request.MessageId, request.Token, [],
        Sequence.Of<byte>(System.Text.Encoding.UTF8.GetBytes(text)));

    private static CoapMessage Separate(CoapMessage request, ushort id) =>
        Ack(request, "late") with { Type = CoapType.Confirmable, MessageId = id };

    private static CoapMessage Observed(CoapMessage message, uint number) => message.With(CoapOption.Of(CoapOptions.Observe, number));

    // Takes and gives a resource in blocks of one size.
    private sealed class BlockServer
    {
        public int Exponent { get; init; }

        public Sequence<byte> Content { get; set; }

        public Sequence<byte> Tag { get; set; }

        public CoapMessage Answer(CoapMessage request)
        {
            var answer = CoapMessage.Empty(CoapType.Acknowledgement, request.MessageId) with
            {
                Code = CoapCode.Changed,
                Token = request.Token
            };
            return request.Code == CoapCode.Put ? Put(request, answer) : Part(request, answer with { Code = CoapCode.Content });
        }

        private CoapMessage Put(CoapMessage request, CoapMessage answer)
        {
            if (request.Option(CoapOptions.Block1) is not { } option || CoapBlock.Of(option) is not { } block)
            {
                Content = request.Payload;
                return answer;
            }

            if (block.Exponent > Exponent)
            {
                return (answer with { Code = CoapCode.RequestEntityTooLarge })
                    .With((block with { Exponent = Exponent }).ToOption(CoapOptions.Block1));
            }

            block.Offset.ShouldBe(block.Number == 0 ? 0 : Content.Count);
            Content = block.Number == 0 ? request.Payload : [.. Content, .. request.Payload];
            return (answer with { Code = block.More ? CoapCode.Continue : CoapCode.Changed }).With(option);
        }

        private CoapMessage Part(CoapMessage request, CoapMessage answer)
        {
            var block = new CoapBlock(0, false, Exponent);
            if (request.Option(CoapOptions.Block2) is { } option) block = CoapBlock.Of(option)!.Value;
            var end = Math.Min(block.Offset + block.Size, Content.Count);
            answer = answer with { Payload = Sequence.Of(Content.AsSpan()[(int)block.Offset..(int)end]) };
            return answer.With(new CoapOption(CoapOptions.ETag, Tag.IsEmpty ? [0] : Tag))
                .With((block with { More = end < Content.Count }).ToOption(CoapOptions.Block2));
        }
    }
}
