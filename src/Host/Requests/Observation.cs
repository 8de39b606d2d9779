using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Requests;

/// <summary>Tells clients of resources that change, RFC 7641: sensors, and key/value stores.</summary>
/// <remarks>
/// A notification is confirmable if the one before was sent less than three seconds ago (§4.5.1), if it is the eighth, or if none was
/// for a day. While one is not acknowledged, no other is sent; then the latest state is.
/// </remarks>
internal static class Observation
{
    // Values of the option in a request.
    private const uint Register = 0;
    private const uint Deregister = 1;

    // So that no count looks like a value of the option in a request.
    private const int FirstCount = 2;

    private const int CountMask = (1 << 24) - 1;

    private const int ConfirmedEach = 8;

    private const ulong Hasty = 3_000_000;

    private const ulong Day = 86_400_000_000;

    /// <summary>The device after it was asked to tell of changes, or not to any more; and the answer.</summary>
    /// <param name="step">What the request did.</param>
    /// <param name="request">The request.</param>
    /// <param name="response">What it is answered.</param>
    public static (Step Step, Response Response) Asked(Step step, Request request, Response response)
    {
        var message = request.Message;
        if (message.Code != CoapCode.Get || message.Option(CoapOptions.Observe)?.Unsigned is not { } wish) return (step, response);
        if (!IsObservable(message.Path) || wish is not (Register or Deregister)) return (step, response);
        var others = step.Device.Observers.Where(one => one.Peer != request.Peer || one.Request.Token != message.Token).ToSequence();
        var canRegister = wish == Register && response.Code.Class == 2 && others.Count < step.Device.Settings.Observers;
        if (!canRegister) return (step.To(device => device with { Observers = others }), response);
        var now = step.Device.Now;
        var observer = new Observer(request.Peer, message, response.Payload, FirstCount, now, now)
        {
            MessageId = message.Type is CoapType.NonConfirmable ? step.Device.NextMessageId : null,
        };
        return (
            step.To(device => device with { Observers = others.Add(observer) }),
            response.With(CoapOption.Of(CoapOptions.Observe, FirstCount)));
    }

    /// <summary>The device after an acknowledgement or a reset of a notification; anything else changes nothing.</summary>
    public static Device Answered(Device device, string peer, CoapMessage message) => message switch
    {
        { Code: var code } when code != CoapCode.Empty => device,
        { Type: CoapType.Reset, MessageId: var id } when device.Observers.Any(one => one.Peer == peer && one.MessageId == id) =>
            device with { Observers = device.Observers.Where(one => one.Peer != peer || one.MessageId != id).ToSequence() },
        { Type: CoapType.Acknowledgement, MessageId: var id } when device.Observers.Any(one => one.Peer == peer && one.MessageId == id) =>
            device with
            {
                Observers = device.Observers.Map(one => one.Peer == peer && one.MessageId == id ? one with { Waiting = null } : one),
            },
        _ => device,
    };

    /// <summary>Sends again what was not acknowledged in time, and gives up who does not answer.</summary>
    public static Step Repeated(Device device)
    {
        var step = Step.Of(device);
        foreach (var observer in device.Observers)
        {
            if (observer is not { Waiting: { } waiting, MessageId: { } id } || waiting.Due > device.Now) continue;
            step = waiting.Times >= Unacknowledged.MostTimes
                ? step.To(now => Without(now, observer))
                : step
                    .To(now => With(now, observer, observer with { Waiting = waiting.Again(id, now.Now) }))
                    .And(new DeviceEffect.Send(observer.Peer, waiting.Bytes));
        }

        return step;
    }

    /// <summary>A step, and the notifications of what it changed.</summary>
    public static Step Told(Device before, Step step)
    {
        if (step.Device.Observers.IsEmpty || !MayDiffer(before, step.Device)) return step;
        foreach (var observer in step.Device.Observers)
        {
            if (observer.Waiting is null) step = Notified(step, observer);
        }

        return step;
    }

    private static bool IsObservable(Sequence<string> path) => path switch
    {
        ["sensors"] or ["sensors", _] or ["kv", _] or ["kv", _, _] => true,
        _ => false,
    };

    private static bool MayDiffer(Device before, Device after) =>
        before.Observers != after.Observers
        || before.Sensors != after.Sensors
        || !ReferenceEquals(before.Global, after.Global)
        || Enumerable.Range(0, after.Slots.Count).Any(slot => !ReferenceEquals(before.At(slot)?.Local, after.At(slot)?.Local));

    private static Step Notified(Step step, Observer observer)
    {
        var device = step.Device;
        var (_, response) = Exchange.Answer(device, new(observer.Peer, observer.Request, []));
        if (response.Code.Class == 2 && response.Payload == observer.Told) return step;
        var count = (observer.Count + 1) & CountMask;
        var isConfirmable = device.Now - observer.SentAt < Hasty || count % ConfirmedEach == 0 || device.Now - observer.ConfirmedAt >= Day;
        var isLast = response.Code.Class != 2;
        var message = Exchange.MessageOf(
            observer.Request,
            isLast ? response : response.With(CoapOption.Of(CoapOptions.Observe, (uint)count)),
            isConfirmable ? CoapType.Confirmable : CoapType.NonConfirmable,
            device.NextMessageId);
        var bytes = Exchange.Bytes(message);
        var next = observer with
        {
            Told = response.Payload,
            Count = count,
            SentAt = device.Now,
            ConfirmedAt = isConfirmable ? device.Now : observer.ConfirmedAt,
            MessageId = message.MessageId,
            Waiting = isConfirmable ? Unacknowledged.Of(bytes, message.MessageId, device.Now) : null,
        };
        return step
            .To(now => (isLast ? Without(now, observer) : With(now, observer, next)) with
            {
                NextMessageId = (ushort)(now.NextMessageId + 1),
            })
            .And(new DeviceEffect.Send(observer.Peer, bytes));
    }

    private static Device Without(Device device, Observer observer) =>
        device with { Observers = device.Observers.Where(one => !ReferenceEquals(one, observer)).ToSequence() };

    private static Device With(Device device, Observer observer, Observer next) =>
        device with { Observers = device.Observers.Map(one => ReferenceEquals(one, observer) ? next : one) };
}
