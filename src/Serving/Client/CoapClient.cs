using RbpfSpec.Host.Coap;

namespace RbpfSpec.Serving.Client;

/// <summary>A client of CoAP: confirmable requests, blocks in both directions, observation; RFC 7252, 7641 and 7959.</summary>
/// <remarks>It is used by one thread, for one request at a time.</remarks>
/// <param name="channel">Datagrams to and from the server; it is disposed of with the client.</param>
/// <param name="timing">When it sends again, and when it gives up.</param>
/// <param name="random">Draws tokens, the first id, and the time to the first retransmission.</param>
public sealed class CoapClient(IDatagramChannel channel, CoapTiming timing, Random random) : IDisposable
{
    // A representation without end is none.
    private const int LargestPayload = 1 << 24;

    private readonly CoapExchange exchange = new(channel, timing, random);

    /// <summary>The exponent of the blocks sent, 0 to 6: a block has 2 to the power of 4 + this bytes.</summary>
    public int BlockExponent { get; init; } = CoapBlock.GreatestExponent;

    /// <summary>Sends a request and waits for its response.</summary>
    public CoapResult Send(CoapRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Download(request, Upload(request, cancellation), cancellation);
    }

    /// <summary>Asks for a resource, and then for each of its later states, as the server tells of them.</summary>
    /// <remarks>
    /// It ends with the first result that is no success; where it is cancelled; after the first one if that has no option Observe, for
    /// the server does not tell of more; and where nobody enumerates further. The server is then asked to tell of no more.
    /// </remarks>
    /// <param name="request">A GET.</param>
    /// <param name="cancellation">Ends it.</param>
    public IEnumerable<CoapResult> Observe(CoapRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var token = exchange.NewToken();
        exchange.Observe(token);
        var isObserved = false;
        try
        {
            var first = exchange.Send(Observing(request, token, 0), timing.Longest, cancellation);
            isObserved = first is CoapResult.Answered({ Code.Class: 2 } response) && response.Option(CoapOptions.Observe) is not null;
            var latest = (first as CoapResult.Answered)?.Response.Option(CoapOptions.Observe)?.Unsigned ?? 0;
            yield return Download(request, first, cancellation);
            while (isObserved && exchange.Notification(cancellation) is { } notification)
            {
                var number = notification.Option(CoapOptions.Observe)?.Unsigned;
                isObserved = notification.Code.Class == 2 && number is not null;
                if (number is { } order)
                {
                    // One that was overtaken on its way says nothing new; RFC 7641 §3.4.
                    if (((order - latest) & 0xff_ffff) is 0 or > 0x80_0000) continue;
                    latest = order;
                }

                yield return Download(request, new CoapResult.Answered(notification), cancellation);
            }

            if (isObserved && !cancellation.IsCancellationRequested)
            {
                isObserved = false;
                yield return new CoapResult.Failed("nobody listens there any more");
            }
        }
        finally
        {
            exchange.Observe(null);
            if (isObserved) exchange.Send(Observing(request, token, 1), timing.AckTimeout, CancellationToken.None);
        }
    }

    public void Dispose() => channel.Dispose();

    private static CoapMessage Observing(CoapRequest request, Sequence<byte> token, uint value) =>
        (request.Head() with { Token = token }).With(CoapOption.Of(CoapOptions.Observe, value));

    private CoapResult Once(CoapMessage message, CancellationToken cancellation) =>
        exchange.Send(message with { Token = exchange.NewToken() }, timing.Longest, cancellation);

    private CoapResult Upload(CoapRequest request, CancellationToken cancellation)
    {
        var head = request.Head();
        if (request.Format is { } format) head = head.With(CoapOption.Of(CoapOptions.ContentFormat, (uint)format));
        var (whole, exponent, offset) = (request.Payload, BlockExponent, 0);
        if (whole.Count <= new CoapBlock(0, false, exponent).Size) return Once(head with { Payload = whole }, cancellation);
        while (true)
        {
            var size = new CoapBlock(0, false, exponent).Size;
            var end = Math.Min(offset + size, whole.Count);
            var block = new CoapBlock(offset / size, end < whole.Count, exponent);
            var message = (head with { Payload = Sequence.Of(whole.AsSpan()[offset..end]) }).With(block.ToOption(CoapOptions.Block1));
            if (offset == 0) message = message.With(CoapOption.Of(CoapOptions.Size1, (uint)whole.Count));
            var result = Once(message, cancellation);
            if (result is not CoapResult.Answered(var response)) return result;
            var answered = response.Option(CoapOptions.Block1) is { } option ? CoapBlock.Of(option) : null;
            var isSmaller = answered is { } theirs && theirs.Exponent < exponent;
            if (response.Code == CoapCode.RequestEntityTooLarge && isSmaller && offset == 0)
            {
                exponent = answered!.Value.Exponent;
                continue;
            }

            if (!block.More && response.Code == CoapCode.Continue)
                return new CoapResult.Failed("the server waits for more blocks after the last one");
            if (!block.More || response.Code.Class != 2) return result;
            if (isSmaller) exponent = answered!.Value.Exponent;
            offset = end;
        }
    }

    private CoapResult Download(CoapRequest request, CoapResult result, CancellationToken cancellation)
    {
        if (result is not CoapResult.Answered(var first) || first.Option(CoapOptions.Block2) is not { } option) return result;
        if (CoapBlock.Of(option) is not { } block) return new CoapResult.Failed("a block of the reserved size exponent 7 came");
        if (block.Number != 0) return new CoapResult.Failed($"block {block.Number} came first");
        List<byte> bytes = [.. first.Payload];
        while (block.More)
        {
            if (bytes.Count % block.Size != 0 || bytes.Count == 0 || bytes.Count > LargestPayload)
                return new CoapResult.Failed($"a block that is not the last one ends after {bytes.Count} bytes");
            var asked = block with { Number = bytes.Count / block.Size, More = false };
            var next = Once(request.Head().With(asked.ToOption(CoapOptions.Block2)), cancellation);
            if (next is not CoapResult.Answered(var response)) return next;
            if (response.Code != first.Code) return response.Code.Class == 2 ? Changed() : next;
            if (response.Option(CoapOptions.ETag) != first.Option(CoapOptions.ETag)) return Changed();
            if (response.Option(CoapOptions.Block2) is not { } part || CoapBlock.Of(part) is not { } got || got.Offset != bytes.Count)
                return new CoapResult.Failed($"another block came than block {asked.Number}, which was asked for");
            bytes.AddRange(response.Payload);
            block = got;
        }

        return new CoapResult.Answered(first with { Payload = bytes.ToSequence() });
    }

    private static CoapResult.Failed Changed() => new CoapResult.Failed("the resource changed while its blocks were read");
}
