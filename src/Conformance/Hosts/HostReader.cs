using RbpfSpec.Conformance.Formats;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Updates;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>Reads devices and events from JSON; what is not as <c>host.schema.json</c> says is a problem of the node.</summary>
internal static class HostReader
{
    private const int Most = 1 << 16;

    /// <summary>A device.</summary>
    public static HostDevice? Device(string name, JsonNode node)
    {
        Sequence<Sequence<byte>> keys = [.. Items(node, "keys").Select(key => key.Bytes(Most))];
        var updates = Text(node, "updates");
        if (updates is not ("none" or "unsigned" or "signed"))
            node.Problem.Add($"\"{node.Path}.updates\": expected none, unsigned or signed");
        var settings = new DeviceSettings
        {
            Slots = (int)Count(node, "slots", 1024),
            LargestProgram = (int)Count(node, "largest", int.MaxValue),
            Transfers = (int)Count(node, "transfers", Most),
            Remembered = (int)Count(node, "remembered", Most),
            Observers = (int)Count(node, "observers", Most),
            Updates = UpdatesOf(node, updates, keys),
            Default = node.Required("default", "the conditions of an upload without any") is { } manifest ? ManifestOf(manifest)
                : RbpfSpec.Host.Containers.Manifest.Least,
            Hooks = [.. Items(node, "hooks").Select(HookOf)],
            Sensors = [.. Items(node, "sensors").Select(SensorOf)],
        };
        if (!node.Problem.Exists && settings.Problems() is { IsEmpty: false } problems) node.Problem.Add($"\"{node.Path}\": {problems[0]}");
        return node.Problem.Exists ? null : new(name, settings, keys);
    }

    /// <summary>An event.</summary>
    public static HostEvent Event(JsonNode node)
    {
        if (node.Field("install") is { } install)
        {
            return new HostEvent.Install(
                (int)install.Count(Most), ManifestOf(node), Bytes(node, "program"), (int)Count(node, "entry", Most),
                [.. Items(node, "regions").Select(RegionOf)]);
        }

        return new HostEvent.Other(Other(node));
    }

    private static DeviceEvent Other(JsonNode node)
    {
        if (node.Field("datagram") is { } bytes) return new DeviceEvent.Datagram(Text(node, "from"), bytes.Bytes(Most));
        if (node.Field("clock") is { } now) return new DeviceEvent.Clock(now.Count());
        if (node.Field("sample") is { } sensor) return new DeviceEvent.Sample((int)sensor.Count(Most), ReadingOf(node));
        if (node.Field("packet") is { } packet) return new DeviceEvent.Packet(packet.Bytes(Most));
        if (node.Field("start") is { } started) return new DeviceEvent.Start((int)started.Count(Most));
        if (node.Field("stop") is { } stopped) return new DeviceEvent.Stop((int)stopped.Count(Most));
        if (node.Field("remove") is { } removed) return new DeviceEvent.Remove((int)removed.Count(Most));
        if (node.Field("run") is { } run) return new DeviceEvent.Run((int)run.Count(Most), Bytes(node, "context"));
        if (node.Field("detach") is { } detached) return new DeviceEvent.Detach(detached.Text(), (int)Count(node, "slot", Most));
        if (node.Field("attach") is { } attached)
        {
            var policy = Array.IndexOf(HostJson.PolicyNames, Text(node, "policy"));
            if (policy < 0) node.Problem.Add($"\"{node.Path}.policy\": expected {string.Join(", ", HostJson.PolicyNames)}");
            return new DeviceEvent.Attach(attached.Text(), (int)Count(node, "slot", Most), (Policy)Math.Max(policy, 0));
        }

        if (node.Field("restart") is null)
        {
            node.Problem.Add($"\"{node.Path}\" is no event; expected one of install, datagram, clock, sample, packet, start, stop, remove, "
                + "run, attach, detach and restart");
        }

        return new DeviceEvent.Restart();
    }

    private static Manifest ManifestOf(JsonNode node)
    {
        var (name, budget) = (Text(node, "profile"), Text(node, "class"));
        var profile = Profile.All.FirstOrDefault(known => known.Name == name);
        if (profile is null) node.Problem.Add($"\"{node.Path}.profile\": there is no profile '{name}'");
        if (budget is not ("logic" or "snippet")) node.Problem.Add($"\"{node.Path}.class\": expected snippet or logic");
        return new(
            profile ?? Profile.Rbpf,
            budget == "logic" ? BudgetClass.Logic : BudgetClass.Snippet,
            [.. Items(node, "grants").Select(grant => (uint)grant.Count(uint.MaxValue))]);
    }

    private static UpdatePolicy UpdatesOf(JsonNode node, string updates, Sequence<Sequence<byte>> keys)
    {
        if (updates != "signed") return updates == "unsigned" ? new UpdatePolicy.Unsigned() : new UpdatePolicy.Refuse();
        List<TrustedKey> trusted = [];
        foreach (var point in keys)
        {
            if (TrustedKey.TryOfPem(TestAuthor.Pem(point), out var key, out var problem)) trusted.Add(key);
            else node.Problem.Add($"\"{node.Path}.keys\": {problem}");
        }

        return new UpdatePolicy.Signed(Envelope.Verifier(trusted.ToSequence()));
    }

    private static Hook HookOf(JsonNode node) => new(Text(node, "name"), TriggerOf(node), []);

    private static Trigger TriggerOf(JsonNode node)
    {
        if (node.Field("request") is { } path) return new Trigger.Request(path.Text());
        if (node.Field("timer") is { } period) return new Trigger.Timer(period.Count());
        if (node.Field("threshold") is { } sensor)
        {
            return new Trigger.Threshold(
                (int)sensor.Count(Most), (short)Signed(node.Required("limit", "a number of 16 bits"), short.MinValue, short.MaxValue),
                Flag(node, "above"));
        }

        if (node.Field("packet") is null) node.Problem.Add($"\"{node.Path}\" is no hook; expected request, timer, threshold or packet");
        return new Trigger.Packet();
    }

    private static Sensor SensorOf(JsonNode node) =>
        new(Text(node, "name"), (byte)Count(node, "type", byte.MaxValue), ReadingOf(node), Flag(node, "actuator"));

    private static Reading? ReadingOf(JsonNode node)
    {
        if (node.Required("reading", "the values of a sensor, or null") is not { IsObject: true } reading) return null;
        short[] values = [.. Items(reading, "values").Select(value => (short)Signed(value, short.MinValue, short.MaxValue))];
        if (values.Length != 3) node.Problem.Add($"\"{reading.Path}.values\" has {values.Length} numbers; expected 3");
        return new(
            (int)Count(reading, "dimensions", 3), values.ElementAtOrDefault(0), values.ElementAtOrDefault(1), values.ElementAtOrDefault(2),
            (byte)Count(reading, "unit", byte.MaxValue),
            (sbyte)Signed(reading.Required("scale", "a number of 8 bits"), sbyte.MinValue, sbyte.MaxValue));
    }

    private static Region<Word> RegionOf(JsonNode node) => RbpfSpec.Words.Region.Of(
        Text(node, "name"),
        node.Required("start", "an address")?.Number() ?? 0,
        Bytes(node, "bytes").AsSpan(),
        (Flag(node, "readable") ? Permission.Read : Permission.None) | (Flag(node, "writable") ? Permission.Write : Permission.None));

    private static IEnumerable<JsonNode> Items(JsonNode node, string name) => node.Required(name, "an array")?.Items(Most) ?? [];

    private static string Text(JsonNode node, string name) => node.Required(name, "text")?.Text() ?? "";

    private static Sequence<byte> Bytes(JsonNode node, string name) => node.Required(name, "bytes")?.Bytes(Most) ?? [];

    private static ulong Count(JsonNode node, string name, ulong greatest) => node.Required(name, "a number")?.Count(greatest) ?? 0;

    private static bool Flag(JsonNode node, string name) =>
        node.Required(name, "true or false") is { Element.ValueKind: System.Text.Json.JsonValueKind.True };

    private static long Signed(JsonNode? node, long least, long greatest)
    {
        if (node is not { } there) return 0;
        if (there.Element.ValueKind is System.Text.Json.JsonValueKind.Number && there.Element.TryGetInt64(out var number)
            && number >= least && number <= greatest)
        {
            return number;
        }

        there.Fail($"a whole number from {least} to {greatest}");
        return 0;
    }
}
