using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Requests;

/// <summary>Messages: what is answered, with what, and what is not; RFC 7252 §4 and §5.</summary>
internal static class Exchange
{
    /// <summary>How long an id means the same message, in microseconds: EXCHANGE_LIFETIME of RFC 7252 §4.8.2.</summary>
    public const ulong Lifetime = 247_000_000;

    // A payload that is longer goes in blocks.
    private const int LargestExponent = CoapBlock.GreatestExponent;

    /// <summary>The device after a datagram, and its answer: a message, a reset or silence.</summary>
    public static Step Receive(Device device, string peer, Sequence<byte> datagram) => CoapReader.Read(datagram.AsSpan()) switch
    {
        CoapReading.Ignored => Step.Of(device),
        CoapReading.Malformed(var type, var id, _) => Reject(device, peer, type, id),
        CoapReading.Read({ Code.IsRequest: true, Type: CoapType.Confirmable or CoapType.NonConfirmable } request) =>
            Requested(device, peer, request, datagram),

        // A ping, or something that no request of ours asked for.
        CoapReading.Read({ Type: CoapType.Confirmable or CoapType.NonConfirmable } other) =>
            Reject(device, peer, other.Type, other.MessageId),
        CoapReading.Read(var other) => Step.Of(Observation.Answered(device, peer, other)),
    };

    private static Step Reject(Device device, string peer, CoapType type, ushort id) => type is CoapType.Confirmable
        ? Step.Of(device).And(new DeviceEffect.Send(peer, Bytes(CoapMessage.Empty(CoapType.Reset, id))))
        : Step.Of(device);

    private static Step Requested(Device device, string peer, CoapMessage request, Sequence<byte> datagram)
    {
        if (device.Remembered.Find(peer, request.MessageId, device.Now) is { } known)
            return known.Answer.IsEmpty ? Step.Of(device) : Step.Of(device).And(new DeviceEffect.Send(peer, known.Answer));

        var options = CoapOptions.Recognized(request.Options, out var unrecognized);
        if (unrecognized is not null && request.Type is CoapType.NonConfirmable) return Step.Of(device);
        var recognized = options.IsSame(request.Options) ? request : request with { Options = options };
        var (step, response) = unrecognized is { } option
            ? (Step.Of(device), Response.Problem(CoapCode.BadOption, $"the option {option.Number} is critical and not known here"))
            : Asked(device, new(peer, recognized, datagram));
        var isConfirmable = request.Type is CoapType.Confirmable;
        var message = MessageOf(
            recognized,
            response,
            isConfirmable ? CoapType.Acknowledgement : CoapType.NonConfirmable,
            isConfirmable ? request.MessageId : step.Device.NextMessageId);
        var bytes = Bytes(message);
        var remembered = step.Device.Remembered.Add(
            new(peer, request.MessageId, bytes, device.Now + Lifetime), device.Settings.Remembered);
        var after = step.Device with
        {
            Remembered = remembered,
            NextMessageId = (ushort)(step.Device.NextMessageId + (message.Type is CoapType.NonConfirmable ? 1 : 0)),
        };
        return new(after, step.Effects.Add(new DeviceEffect.Send(peer, bytes)));
    }

    private static (Step Step, Response Response) Asked(Device device, Request request)
    {
        var (step, response) = Answer(device, request);
        return Observation.Asked(step, request, response);
    }

    /// <summary>The device after a request, and the answer to it.</summary>
    internal static (Step Step, Response Response) Answer(Device device, Request request)
    {
        var message = request.Message;
        if (message.Option(CoapOptions.ProxyUri) is not null || message.Option(CoapOptions.ProxyScheme) is not null)
            return (Step.Of(device), Response.Of(CoapCode.ProxyingNotSupported));
        foreach (var number in (ReadOnlySpan<int>)[CoapOptions.Block1, CoapOptions.Block2])
        {
            if (message.Option(number) is { } option && CoapBlock.Of(option) is null)
                return (Step.Of(device), Response.Problem(CoapCode.BadRequest, "a block of the reserved size exponent 7"));
        }

        var (step, response) = Resources.Answer(device, request);
        var accept = message.Option(CoapOptions.Accept)?.Unsigned;
        return message.Code == CoapCode.Get && accept is { } wanted && response is { Code.Class: 2, Format: { } format } && format != wanted
            ? (step, Response.Problem(CoapCode.NotAcceptable, $"the content format here is {format}"))
            : (step, response);
    }

    /// <summary>The message of a response, or of its first block.</summary>
    /// <param name="request">What it answers.</param>
    /// <param name="response">The response.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="id">The id of the message.</param>
    internal static CoapMessage MessageOf(CoapMessage request, Response response, CoapType type, ushort id)
    {
        var message = new CoapMessage(type, response.Code, id, request.Token, [], response.Payload);
        if (response.Format is { } format) message = message.With(CoapOption.Of(CoapOptions.ContentFormat, (uint)format));
        foreach (var option in response.Options) message = message.With(option);
        return Part(message, request.Option(CoapOptions.Block2));
    }

    // The block of the payload that is asked for, or the first of one that is too long; RFC 7959 §2.4.
    private static CoapMessage Part(CoapMessage message, CoapOption? asked)
    {
        var block = asked is null ? new CoapBlock(0, false, LargestExponent) : CoapBlock.Of(asked) ?? default;
        var whole = message.Payload;
        if (message.Code.Class != 2 || (asked is null && whole.Count <= block.Size)) return message;
        if (block.Offset >= whole.Count && block.Number > 0)
        {
            var text = Response.Problem(
                CoapCode.BadRequest, $"block {block.Number} begins at {block.Offset}; there are {whole.Count} bytes");
            return message with { Code = text.Code, Options = [], Payload = text.Payload };
        }

        var (start, end) = ((int)block.Offset, (int)Math.Min(block.Offset + block.Size, whole.Count));
        var part = block with { More = end < whole.Count };
        return (message with { Payload = Sequence.Of(whole.AsSpan()[start..end]) })
            .With(part.ToOption(CoapOptions.Block2))
            .With(CoapOption.Of(CoapOptions.Size2, (uint)whole.Count));
    }

    /// <summary>The datagram of a message.</summary>
    internal static Sequence<byte> Bytes(CoapMessage message) => Sequence.Of<byte>(CoapWriter.Write(message));
}
