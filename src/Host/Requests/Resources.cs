using System.Buffers.Binary;
using System.Globalization;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Host.Requests;

/// <summary>The resources of a device.</summary>
internal static class Resources
{
    /// <summary>The paths that are always there, for discovery.</summary>
    private const string AlwaysThere =
        "</app>;ct=0;rt=\"rbpf.store\",</sensors>;ct=0;obs;rt=\"rbpf.sensors\",</hooks>;ct=0;rt=\"rbpf.hooks\","
        + "</kv/global>;ct=0;obs;rt=\"rbpf.kv\"";

    /// <summary>The device after a request, and the answer.</summary>
    public static (Step Step, Response Response) Answer(Device device, Request request)
    {
        var path = request.Message.Path;
        return path switch
        {
            [".well-known", "core"] => Only(device, request, Discovery),
            ["app"] => Only(device, request, Store),
            ["app", var slot] => OfSlot(device, request, slot, Application),
            ["c", var slot] => OfSlot(device, request, slot, Run),
            ["kv", "global"] => Only(device, request, static (device, _) => Pairs(device.Global)),
            ["kv", "global", _] => Only(device, request, static (device, request) => Value(device.Global, request.Message.Path[^1])),
            ["kv", var slot] => OfContainer(device, request, slot, static (device, request, slot) =>
                Only(device, request, (_, _) => Pairs(device.At(slot)!.Local))),
            ["kv", var slot, _] => OfContainer(device, request, slot, static (device, request, slot) =>
                Only(device, request, (_, _) => Value(device.At(slot)!.Local, request.Message.Path[^1]))),
            ["sensors"] => Only(device, request, static (device, _) => Lines(device.Sensors.Select(Line))),
            ["sensors", _] => Only(device, request, static (device, request) => Sensor(device, request.Message.Path[^1])),
            ["hooks"] => Only(device, request, static (device, _) => Lines(device.Hooks.Select(Line))),
            ["hooks", _, var slot] => OfContainer(device, request, slot, Attachment),
            ["bpf", "submit"] => Uploads.Put(device, request, 0, method: CoapCode.Post),
            ["bpf", "handle"] => Run(device, request, 0),
            ["bpf", "exec", var slot] => OfSlot(device, request, slot, Run),
            _ => OfHook(device, request, string.Join('/', path)),
        };
    }

    private static (Step, Response) Only(Device device, Request request, Func<Device, Request, Response> get) =>
        (Step.Of(device), request.Is(CoapCode.Get) ? get(device, request) : Response.Of(CoapCode.MethodNotAllowed));

    private static (Step, Response) OfSlot(
        Device device, Request request, string text, Func<Device, Request, int, (Step, Response)> answer) =>
        Request.Number(text) is { } slot && slot < (uint)device.Slots.Count
            ? answer(device, request, (int)slot)
            : NotFound(device, $"no slot '{text}'; there are 0 to {device.Slots.Count - 1}");

    private static (Step, Response) OfContainer(
        Device device, Request request, string text, Func<Device, Request, int, (Step, Response)> answer) =>
        OfSlot(device, request, text, (device, request, slot) =>
            device.At(slot) is null ? NotFound(device, $"slot {slot} is free") : answer(device, request, slot));

    private static (Step, Response) NotFound(Device device, string problem) =>
        (Step.Of(device), Response.Problem(CoapCode.NotFound, problem));

    private static (Step, Response) Application(Device device, Request request, int slot)
    {
        if (request.Is(CoapCode.Put)) return Uploads.Put(device, request, slot, CoapCode.Put);
        if (device.At(slot) is not { } container) return NotFound(device, $"slot {slot} is free");
        if (request.Is(CoapCode.Delete)) return (DeviceSteps.Removed(device, slot), Response.Of(CoapCode.Deleted));
        if (request.Is(CoapCode.Post))
        {
            return System.Text.Encoding.UTF8.GetString(request.Message.Payload.AsSpan()) switch
            {
                "start" => (device.Step(new DeviceEvent.Start(slot)), Response.Of(CoapCode.Changed)),
                "stop" => (device.Step(new DeviceEvent.Stop(slot)), Response.Of(CoapCode.Changed)),
                var other => (Step.Of(device), Response.Problem(CoapCode.BadRequest, $"'{other}'; expected start or stop")),
            };
        }

        return Only(device, request, (_, request) => Program(request, container));
    }

    private static Response Program(Request request, Container container)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, container.Application.Digest);
        var tag = new CoapOption(CoapOptions.ETag, Sequence.Of<byte>(bytes));
        return (request.Message.Options.Contains(tag)
            ? Response.Of(CoapCode.Valid)
            : new(CoapCode.Content, container.Application.Program) { Format = CoapOptions.OctetStream }).With(tag);
    }

    private static (Step, Response) Run(Device device, Request request, int slot)
    {
        if (!request.Is(CoapCode.Get) && !request.Is(CoapCode.Post)) return (Step.Of(device), Response.Of(CoapCode.MethodNotAllowed));
        return device.At(slot) switch
        {
            null => NotFound(device, $"slot {slot} is free"),
            { IsStarted: false, Fault: { } fault } =>
                (Step.Of(device), Response.Problem(CoapCode.ServiceUnavailable, $"the container in slot {slot} is stopped: {fault}")),
            { IsStarted: false } =>
                (Step.Of(device), Response.Problem(CoapCode.ServiceUnavailable, $"the container in slot {slot} is stopped")),
            _ => ContainerReply.Of(device, request, slot, Chain.Of),
        };
    }

    private static (Step, Response) OfHook(Device device, Request request, string path)
    {
        for (var i = 0; i < device.Hooks.Count; i++)
        {
            if (device.Hooks[i].Trigger is Trigger.Request(var known) && known == path) return ContainerReply.Of(device, request, i, Fire);
        }

        return NotFound(device, $"no resource '{path}'");
    }

    private static Chain Fire(Device device, int index, Handed handed)
    {
        var hook = device.Hooks[index];
        return Chain.Of(device.With(index, hook with { Times = hook.Times + 1 }), hook.Entries, handed);
    }

    private static (Step, Response) Attachment(Device device, Request request, int slot)
    {
        var hook = request.Message.Path[1];
        DeviceEvent change;
        if (request.Is(CoapCode.Delete))
        {
            change = new DeviceEvent.Detach(hook, slot);
        }
        else if (request.Is(CoapCode.Put))
        {
            var query = request.Message.Query;
            var name = query.IsEmpty ? "policy=continue" : query[0];
            if (query.Count > 1 || PolicyOf(name) is not { } policy)
                return (Step.Of(device), Response.Problem(CoapCode.BadRequest, $"'{string.Join('&', query)}'; {Policies}"));
            change = new DeviceEvent.Attach(hook, slot, policy);
        }
        else
        {
            return (Step.Of(device), Response.Of(CoapCode.MethodNotAllowed));
        }

        var step = device.Step(change);
        return step.Effects.OfType<DeviceEffect.Refused>().FirstOrDefault() is { } refused
            ? NotFound(device, refused.Problem)
            : (step, Response.Of(CoapCode.Changed));
    }

    private const string Policies = "expected policy=continue, policy=abort-on-negative, policy=abort-on-positive or policy=single";

    private static Policy? PolicyOf(string query)
    {
        foreach (var policy in Enum.GetValues<Policy>())
        {
            if (query == $"policy={NameOf(policy)}") return policy;
        }

        return null;
    }

    private static string NameOf(Policy policy) => policy switch
    {
        Policy.Continue => "continue",
        Policy.AbortOnNegative => "abort-on-negative",
        Policy.AbortOnPositive => "abort-on-positive",
        Policy.Single => "single",
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, message: null),
    };

    private static Response Value(Store<Word> store, string key)
    {
        if (Request.Number(key) is not { } number)
            return Response.Problem(CoapCode.NotFound, $"no key '{key}'; expected a number of 32 bits");
        foreach (var entry in store.Entries)
        {
            if (entry.Used.Value && entry.Key.Value == number)
                return Response.Of(CoapCode.Content, entry.Value.Value.ToString(CultureInfo.InvariantCulture));
        }

        return Response.Problem(CoapCode.NotFound, $"no value of the key {number}");
    }

    private static Response Sensor(Device device, string text)
    {
        if (Request.Number(text) is not { } index || index >= (uint)device.Sensors.Count)
            return Response.Problem(CoapCode.NotFound, $"no sensor '{text}'; there are {device.Sensors.Count}");
        return device.Sensors[(int)index] is { Reading: not null } sensor
            ? Response.Of(CoapCode.Content, Values(sensor))
            : Response.Problem(CoapCode.ServiceUnavailable, "the sensor yields nothing at present");
    }

    private static Response Discovery(Device device, Request request) =>
        Response.Of(CoapCode.Content, Links(device), CoapOptions.LinkFormat);

    private static string Links(Device device) => string.Join(
        ',',
        (IEnumerable<string>)
        [
            AlwaysThere,
            .. Enumerable.Range(0, device.Sensors.Count).Select(index => $"</sensors/{index}>;ct=0;obs;rt=\"rbpf.sensor\""),
            .. Enumerable.Range(0, device.Slots.Count).Where(slot => device.At(slot) is not null).SelectMany(slot => (string[])
            [
                $"</app/{slot}>;ct=42;sz={device.At(slot)!.Application.Program.Count}", $"</c/{slot}>;rt=\"rbpf.container\"",
                $"</kv/{slot}>;ct=0;obs;rt=\"rbpf.kv\"",
            ]),
            .. device.Hooks.Select(hook => hook.Trigger).OfType<Trigger.Request>().Select(hook => $"</{hook.Path}>;rt=\"rbpf.hook\""),
        ]);

    private static Response Lines(IEnumerable<string> lines) =>
        Response.Of(CoapCode.Content, string.Concat(lines.Select(line => line + "\n")));

    private static Response Store(Device device, Request request) =>
        Lines(Enumerable.Range(0, device.Slots.Count).Select(slot => Slot(device, slot)));

    private static string Slot(Device device, int slot) => device.At(slot) switch
    {
        null => $"{slot} free",
        var container => string.Create(
            CultureInfo.InvariantCulture,
            $"{slot} {container.Application.Program.Count} bytes {container.Application.Digest:x16} "
            + $"{container.Application.Manifest.Profile.Name} {container.Application.Manifest.Budget.ToString().ToLowerInvariant()} "
            + $"{State(container)}, {container.Runs} runs{Signed(device.Numbers[slot], container.Application)}"),
    };

    // Of a signed update its number, and what its manifest grants beyond what the program calls.
    private static string Signed(ulong number, Application application)
    {
        if (number == 0) return "";
        var unused = Updates.Admittance.Unused(application);
        var text = string.Create(CultureInfo.InvariantCulture, $", sequence number {number}");
        return unused.IsEmpty ? text : $"{text}, not called: {Updates.Admittance.Ids(unused)}";
    }

    private static string State(Container container) => container switch
    {
        { IsStarted: true } => "started",
        { Fault: { } fault } => $"stopped by {fault}",
        _ => "stopped",
    };

    private static Response Pairs(Store<Word> store) => Lines(
        from entry in store.Entries
        where entry.Used.Value
        orderby entry.Key.Value
        select string.Create(CultureInfo.InvariantCulture, $"{entry.Key.Value} {entry.Value.Value}"));

    private static string Line(Sensors.Sensor sensor, int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"{index} {sensor.Name} type 0x{sensor.Type:x2} {(sensor.Reading is null ? "none" : Values(sensor))}");

    private static string Values(Sensors.Sensor sensor)
    {
        var reading = sensor.Reading!;
        var values = ((short[])[reading.First, reading.Second, reading.Third]).Take(reading.Dimensions);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(' ', values)} scale {reading.Scale} unit {reading.Unit}");
    }

    private static string Line(Hook hook)
    {
        var entries = hook.Entries.IsEmpty ? "none" : string.Join(
            ", ", hook.Entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Slot} {NameOf(entry.Policy)}")));
        return string.Create(CultureInfo.InvariantCulture, $"{hook.Name}: {entries}; {hook.Times} times");
    }
}
