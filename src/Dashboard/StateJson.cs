using System.Buffers;
using System.Globalization;
using System.Text.Json;
using RbpfSpec.Assembly;
using RbpfSpec.Dashboard.Recording;
using RbpfSpec.Host;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Model;
using RbpfSpec.Host.Updates;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Dashboard;

/// <summary>The state of a device in JSON, as docs/host.md describes it.</summary>
/// <remarks>
/// Numbers of 64 bits that may be great are texts, since scripts in browsers have 53 bits. Times of the day are milliseconds since 1970.
/// </remarks>
internal static class StateJson
{
    // It is sent with a content type, and put into pages as text only: what is beyond ASCII needs no escape.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One object, in UTF-8.</summary>
    /// <param name="device">The device.</param>
    /// <param name="recorder">The things that happened to it.</param>
    /// <param name="addresses">Where it listens, as addresses of CoAP.</param>
    public static ReadOnlyMemory<byte> Of(Device device, Recorder recorder, Sequence<string> addresses)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteNumber("now", recorder.Now);
            json.WriteNumber("began", recorder.Began);
            Array(json, "addresses", addresses, json.WriteStringValue);
            json.WriteString("takes", device.Settings.Updates switch
            {
                UpdatePolicy.Refuse => "none",
                UpdatePolicy.Unsigned => "all",
                UpdatePolicy.Signed => "signed",
            });
            Array(json, "slots", Enumerable.Range(0, device.Slots.Count), slot => Slot(json, device, slot));
            Store(json, "global", device.Global);
            Array(json, "sensors", Enumerable.Range(0, device.Sensors.Count), index => OneSensor(json, device, recorder, index));
            Array(json, "hooks", device.Hooks, hook => OneHook(json, hook));
            Array(json, "updates", recorder.UpdatesSoFar(), update => OneUpdate(json, update));
            Array(json, "prints", recorder.PrintsSoFar(), print => OnePrint(json, print));
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    private static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static void Slot(Utf8JsonWriter json, Device device, int slot)
    {
        json.WriteStartObject();
        json.WriteNumber("slot", slot);
        json.WriteString("state", device.Slots[slot] switch { null => "free", { IsStarted: true } => "started", _ => "stopped" });
        if (device.Slots[slot] is { } container) OneContainer(json, container, device.Numbers[slot]);
        json.WriteEndObject();
    }

    private static void OneContainer(Utf8JsonWriter json, Container container, ulong number)
    {
        var application = container.Application;
        var manifest = application.Manifest;
        json.WriteNumber("bytes", application.Program.Count);
        json.WriteString("digest", application.Digest.ToString("x16", CultureInfo.InvariantCulture));
        if (number == 0) json.WriteNull("number");
        else json.WriteString("number", number.ToString(CultureInfo.InvariantCulture));
        json.WriteString("profile", manifest.Profile.Name);
        json.WriteString("class", Name(manifest.Budget));
        Array(json, "grants", manifest.Grants, id =>
        {
            json.WriteStartObject();
            json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"0x{id:x2}"));
            json.WriteString("name", HelperCatalogue.Declarations.First(helper => helper.Id == id).Name);
            json.WriteEndObject();
        });
        json.WriteNumber("runs", container.Runs);
        if (container.Result is { } result) json.WriteString("result", Hex(result));
        else json.WriteNull("result");
        Used(json, container.Used, manifest.Budget);
        if (container.Fault is { } fault) Trapped(json, application, fault);
        else json.WriteNull("trap");
        Store(json, "store", container.Local);
    }

    private static void Used(Utf8JsonWriter json, Usage? used, BudgetClass budget)
    {
        json.WriteStartObject("budget");
        Part("branches", used?.Branches, budget.Branches());
        Part("instructions", used?.Instructions, budget.Instructions());
        json.WriteEndObject();

        void Part(string name, ulong? count, ulong limit)
        {
            json.WriteStartObject(name);
            if (count is { } known) json.WriteNumber("used", known);
            else json.WriteNull("used");
            json.WriteNumber("limit", limit);
            json.WriteEndObject();
        }
    }

    private static void Trapped(Utf8JsonWriter json, Application application, Fault fault)
    {
        json.WriteStartObject("trap");
        json.WriteString("name", fault.Trap.ToString());
        json.WriteString("meaning", TrapTable.Of(fault.Trap).Summary);
        json.WriteNumber("slot", fault.Slot);
        if (Preflight.Decode(Program.Of(application.Program.AsSpan()), fault.Slot) is Decoded.Valid(var instruction))
            json.WriteString("instruction", Disassembler.Print(instruction, Syntax.Conformance));
        else json.WriteNull("instruction");
        if (fault.Source != "") json.WriteString("source", fault.Source);
        else json.WriteNull("source");
        json.WriteEndObject();
    }

    private static void Store(Utf8JsonWriter json, string name, Store<Word> store)
    {
        json.WriteStartObject(name);
        json.WriteNumber("capacity", store.Entries.Count);
        Array(json, "pairs", store.Entries.Where(entry => entry.Used.Value).OrderBy(entry => entry.Key.Value), entry =>
        {
            json.WriteStartObject();
            json.WriteNumber("key", entry.Key.Value);
            json.WriteNumber("value", entry.Value.Value);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void OneSensor(Utf8JsonWriter json, Device device, Recorder recorder, int index)
    {
        var (name, type, reading, isActuator) = device.Sensors[index];
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteString("name", name);
        json.WriteNumber("type", type);
        json.WriteBoolean("actuator", isActuator);
        json.WriteString("unit", reading is null ? "" : Scaled.Unit(reading.Unit));
        if (reading is null) json.WriteNull("values");
        else Array(json, "values", Scaled.Values(reading), json.WriteNumberValue);
        Array(json, "points", recorder.PointsOf(index), point =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.At);
            foreach (var value in point.Values) json.WriteNumberValue(value);
            json.WriteEndArray();
        });
        json.WriteEndObject();
    }

    private static void OneHook(Utf8JsonWriter json, Hook hook)
    {
        json.WriteStartObject();
        json.WriteString("name", hook.Name);
        switch (hook.Trigger)
        {
            case Trigger.Timer(var period):
                json.WriteString("event", "timer");
                json.WriteNumber("period", period);
                break;
            case Trigger.Request(var path):
                json.WriteString("event", "request");
                json.WriteString("path", path);
                break;
            case Trigger.Packet:
                json.WriteString("event", "packet");
                break;
            case Trigger.Threshold(var sensor, var limit, var isAbove):
                json.WriteString("event", "threshold");
                json.WriteNumber("sensor", sensor);
                json.WriteNumber("limit", limit);
                json.WriteString("beyond", isAbove ? "above" : "below");
                break;
        }

        json.WriteNumber("times", hook.Times);
        Array(json, "containers", hook.Entries, entry =>
        {
            json.WriteStartObject();
            json.WriteNumber("slot", entry.Slot);
            json.WriteString("policy", Name(entry.Policy));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void OneUpdate(Utf8JsonWriter json, Update update)
    {
        json.WriteStartObject();
        json.WriteNumber("at", update.At);
        json.WriteNumber("slot", update.Slot);
        json.WriteString("outcome", update.Problem is null ? "installed" : "refused");
        if (update.Problem is { } problem) json.WriteString("problem", problem);
        else json.WriteString("digest", update.Digest.ToString("x16", CultureInfo.InvariantCulture));
        if (update.Number > 0) json.WriteString("number", update.Number.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void OnePrint(Utf8JsonWriter json, Print print)
    {
        json.WriteStartObject();
        json.WriteNumber("at", print.At);
        json.WriteNumber("slot", print.Slot);
        json.WriteString("text", print.Text);
        json.WriteEndObject();
    }
}
