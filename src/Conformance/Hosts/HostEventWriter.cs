using System.Text.Json;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Model;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>Writes events as JSON, as <c>host.schema.json</c> describes it.</summary>
internal static class HostEventWriter
{
    /// <summary>An event.</summary>
    public static void Write(Utf8JsonWriter writer, HostEvent happening)
    {
        writer.WriteStartObject();
        switch (happening)
        {
            case HostEvent.Install install:
                Install(writer, install);
                break;
            case HostEvent.Other(var other):
                Other(writer, other);
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>The conditions of an application, as members of an object.</summary>
    public static void Manifest(Utf8JsonWriter writer, Manifest manifest)
    {
        writer.WriteString("profile", manifest.Profile.Name);
        writer.WriteString("class", manifest.Budget is BudgetClass.Logic ? "logic" : "snippet");
        writer.WriteStartArray("grants");
        foreach (var id in manifest.Grants) writer.WriteNumberValue(id);
        writer.WriteEndArray();
    }

    private static void Install(Utf8JsonWriter writer, HostEvent.Install install)
    {
        writer.WriteNumber("install", install.Slot);
        Manifest(writer, install.Manifest);
        writer.WriteString("program", HostJson.Hex(install.Program));
        writer.WriteNumber("entry", install.Entry);
        writer.WriteStartArray("regions");
        foreach (var region in install.Regions)
        {
            writer.WriteStartObject();
            writer.WriteString("name", region.Name);
            writer.WriteString("start", $"0x{region.Start.Value:x}");
            writer.WriteBoolean("readable", region.Readable.Value);
            writer.WriteBoolean("writable", region.Writable.Value);
            writer.WriteString("bytes", HostJson.Hex(Sequence.Of<byte>(((ByteTree)region.Bytes).ToArray())));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Other(Utf8JsonWriter writer, DeviceEvent happening)
    {
        switch (happening)
        {
            case DeviceEvent.Datagram(var peer, var bytes):
                writer.WriteString("datagram", HostJson.Hex(bytes));
                writer.WriteString("from", peer);
                break;
            case DeviceEvent.Clock(var now):
                writer.WriteNumber("clock", now);
                break;
            case DeviceEvent.Sample(var sensor, var reading):
                writer.WriteNumber("sample", sensor);
                writer.WritePropertyName("reading");
                HostWriter.Reading(writer, reading);
                break;
            case DeviceEvent.Packet(var bytes):
                writer.WriteString("packet", HostJson.Hex(bytes));
                break;
            case DeviceEvent.Install:
                throw new ArgumentException("an application is installed by an event of its own", nameof(happening));
            case DeviceEvent.Start(var slot):
                writer.WriteNumber("start", slot);
                break;
            case DeviceEvent.Stop(var slot):
                writer.WriteNumber("stop", slot);
                break;
            case DeviceEvent.Remove(var slot):
                writer.WriteNumber("remove", slot);
                break;
            case DeviceEvent.Attach(var hook, var slot, var policy):
                writer.WriteString("attach", hook);
                writer.WriteNumber("slot", slot);
                writer.WriteString("policy", HostJson.NameOf(policy));
                break;
            case DeviceEvent.Detach(var hook, var slot):
                writer.WriteString("detach", hook);
                writer.WriteNumber("slot", slot);
                break;
            case DeviceEvent.Run(var slot, var context):
                writer.WriteNumber("run", slot);
                writer.WriteString("context", HostJson.Hex(context));
                break;
            case DeviceEvent.Restart:
                writer.WriteBoolean("restart", true);
                break;
        }
    }
}
