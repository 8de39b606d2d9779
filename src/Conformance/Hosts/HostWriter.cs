using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RbpfSpec.Host;
using RbpfSpec.Host.Coap;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Sensors;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>Writes devices, effects and states as JSON, as <c>host.schema.json</c> describes it.</summary>
internal static class HostWriter
{
    // The least class of a code that tells of an error: its text is for people, and no two implementations say the same.
    private const int LeastError = 4;

    // What tells programs apart in a state.
    private const int DigestSize = 8;

    /// <summary>An array of what a device does.</summary>
    public static string Effects(IEnumerable<DeviceEffect> effects) => HostJson.Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var effect in effects)
        {
            writer.WriteStartObject();
            Effect(writer, effect);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>The state of a device, as far as its owner can see it.</summary>
    public static string State(Device device) => HostJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("slots");
        for (var slot = 0; slot < device.Slots.Count; slot++) Slot(writer, device.At(slot));
        writer.WriteEndArray();
        Values(writer, "global", device.Global);
        writer.WriteStartArray("numbers");
        foreach (var number in device.Numbers) writer.WriteNumberValue(number);
        writer.WriteEndArray();
        writer.WriteStartObject("hooks");
        foreach (var hook in device.Hooks) Entries(writer, hook);
        writer.WriteEndObject();
        writer.WriteStartArray("sensors");
        foreach (var sensor in device.Sensors) Reading(writer, sensor.Reading);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A device.</summary>
    public static void Device(Utf8JsonWriter writer, HostDevice device)
    {
        var settings = device.Settings;
        writer.WriteStartObject();
        writer.WriteNumber("slots", settings.Slots);
        writer.WriteNumber("largest", settings.LargestProgram);
        writer.WriteNumber("transfers", settings.Transfers);
        writer.WriteNumber("remembered", settings.Remembered);
        writer.WriteNumber("observers", settings.Observers);
        writer.WriteString("updates", !device.Keys.IsEmpty ? "signed" : settings.Updates is UpdatePolicy.Unsigned ? "unsigned" : "none");
        writer.WriteStartArray("keys");
        foreach (var key in device.Keys) writer.WriteStringValue(HostJson.Hex(key));
        writer.WriteEndArray();
        writer.WriteStartObject("default");
        HostEventWriter.Manifest(writer, settings.Default);
        writer.WriteEndObject();
        writer.WriteStartArray("hooks");
        foreach (var hook in settings.Hooks) HookOf(writer, hook);
        writer.WriteEndArray();
        writer.WriteStartArray("sensors");
        foreach (var sensor in settings.Sensors)
        {
            writer.WriteStartObject();
            writer.WriteString("name", sensor.Name);
            writer.WriteNumber("type", sensor.Type);
            writer.WriteBoolean("actuator", sensor.IsActuator);
            writer.WritePropertyName("reading");
            Reading(writer, sensor.Reading);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The values of a sensor; null if reading fails.</summary>
    public static void Reading(Utf8JsonWriter writer, Reading? reading)
    {
        if (reading is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("dimensions", reading.Dimensions);
        writer.WriteStartArray("values");
        foreach (var value in (short[])[reading.First, reading.Second, reading.Third]) writer.WriteNumberValue(value);
        writer.WriteEndArray();
        writer.WriteNumber("unit", reading.Unit);
        writer.WriteNumber("scale", reading.Scale);
        writer.WriteEndObject();
    }

    private static void HookOf(Utf8JsonWriter writer, Hook hook)
    {
        writer.WriteStartObject();
        writer.WriteString("name", hook.Name);
        switch (hook.Trigger)
        {
            case Trigger.Request(var path):
                writer.WriteString("request", path);
                break;
            case Trigger.Packet:
                writer.WriteBoolean("packet", true);
                break;
            case Trigger.Timer(var period):
                writer.WriteNumber("timer", period);
                break;
            case Trigger.Threshold(var sensor, var limit, var above):
                writer.WriteNumber("threshold", sensor);
                writer.WriteNumber("limit", limit);
                writer.WriteBoolean("above", above);
                break;
        }

        writer.WriteEndObject();
    }

    private static void Effect(Utf8JsonWriter writer, DeviceEffect effect)
    {
        switch (effect)
        {
            case DeviceEffect.Send(var peer, var bytes):
                writer.WriteString("send", peer);
                Message(writer, bytes);
                break;
            case DeviceEffect.Ran(var slot, var result):
                writer.WriteNumber("ran", slot);
                writer.WriteString("result", $"0x{result:x}");
                break;
            case DeviceEffect.Stopped(var slot, var fault):
                writer.WriteNumber("stopped", slot);
                writer.WriteString("trap", $"{fault.Trap}");
                writer.WriteNumber("at", fault.Slot);
                break;
            case DeviceEffect.Printed(var slot, var text):
                writer.WriteNumber("printed", slot);
                writer.WriteString("text", text);
                break;
            case DeviceEffect.Actuated(var sensor, var reading):
                writer.WriteNumber("actuated", sensor);
                writer.WritePropertyName("reading");
                Reading(writer, reading);
                break;
            case DeviceEffect.Passed(var bytes, var result):
                writer.WriteString("passed", HostJson.Hex(bytes));
                writer.WriteString("result", $"0x{(ulong)result:x}");
                break;
            case DeviceEffect.Updated(var slot, _, var number):
                writer.WriteNumber("updated", slot);
                writer.WriteNumber("number", number);
                break;
            case DeviceEffect.UpdateRefused(var slot, _):
                writer.WriteNumber("updateRefused", slot);
                break;
            case DeviceEffect.Refused:
                writer.WriteBoolean("refused", true);
                break;
        }
    }

    // Of an error, the text counts where it begins with a reason of a refused update; of a success, what has a content format.
    private static void Message(Utf8JsonWriter writer, Sequence<byte> bytes)
    {
        if (CoapReader.Read(bytes.AsSpan()) is not CoapReading.Read(var message))
        {
            writer.WriteString("bytes", HostJson.Hex(bytes));
            return;
        }

        writer.WriteString("type", $"{message.Type}");
        writer.WriteString("code", $"{message.Code}");
        writer.WriteNumber("id", message.MessageId);
        writer.WriteString("token", HostJson.Hex(message.Token));
        writer.WriteStartArray("options");
        foreach (var option in message.Options.Where(option => option.Number != CoapOptions.ETag))
        {
            writer.WriteStartObject();
            writer.WriteNumber("number", option.Number);
            writer.WriteString("value", HostJson.Hex(option.Value));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (message.Code.Class < LeastError)
        {
            if (message.Code == CoapCode.Content || message.Option(CoapOptions.ContentFormat) is not null)
                writer.WriteString("payload", HostJson.Hex(message.Payload));
            return;
        }

        var text = Encoding.UTF8.GetString(message.Payload.AsSpan());
        foreach (var reason in Enum.GetValues<UpdateRefusal>())
        {
            if (text.StartsWith($"{reason.Text()}:", StringComparison.Ordinal)) writer.WriteString("begins", reason.Text());
        }
    }

    private static void Slot(Utf8JsonWriter writer, Container? container)
    {
        if (container is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        var digest = SHA256.HashData(container.Application.Program.AsSpan());
        writer.WriteString("program", Convert.ToHexStringLower(digest.AsSpan(0, DigestSize)));
        HostEventWriter.Manifest(writer, container.Application.Manifest);
        writer.WriteBoolean("started", container.IsStarted);
        if (container.Fault is { } fault) writer.WriteString("trap", $"{fault.Trap}");
        Values(writer, "values", container.Local);
        writer.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter writer, string name, Store<Word> store)
    {
        writer.WriteStartObject(name);
        foreach (var entry in store.Entries.Where(entry => entry.Used.Value).OrderBy(entry => entry.Key.Value))
            writer.WriteNumber($"{entry.Key.Value}", entry.Value.Value);
        writer.WriteEndObject();
    }

    private static void Entries(Utf8JsonWriter writer, Hook hook)
    {
        writer.WriteStartArray(hook.Name);
        foreach (var entry in hook.Entries)
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", entry.Slot);
            writer.WriteString("policy", HostJson.NameOf(entry.Policy));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
