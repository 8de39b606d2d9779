using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Semantics.Clauses;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Vectors as JSON, one a line, as <c>vectors.schema.json</c> describes it.</summary>
public static class VectorWriter
{
    /// <summary>The number of the format, which changes with it.</summary>
    public const int Version = 1;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A suite as the text of a file.</summary>
    /// <param name="profile">The profile's name.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="vectors">The vectors.</param>
    public static string Suite(string profile, int seed, IEnumerable<Vector> vectors)
    {
        List<Vector> all = [.. vectors];
        var start = CommonStart.Of(all);
        var head = Line(writer =>
        {
            writer.WriteNumber("format", Version);
            writer.WriteString("profile", profile);
            writer.WriteNumber("seed", seed);
            if (start is null) return;
            Snapshot(writer, "start", start.State);
            writer.WriteString("context", $"0x{start.Context:x}");
        });
        var lines = all.Select(vector => Line(writer => Write(writer, vector, start)));
        return $"{head[..^1]},\"vectors\":[\n{string.Join(",\n", lines)}\n]}}\n";
    }

    /// <summary>A vector as a request of the batch protocol, one line.</summary>
    public static string Request(Vector vector) => Line(writer =>
    {
        writer.WriteString("program", Bytes(((VectorProgram.Code)vector.Program).Bytes));
        writer.WriteString("memory", Bytes(vector.Memory));
        Setting(writer, vector.Setting);
    });

    private static string Line(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, Vector vector, CommonStart? start)
    {
        writer.WriteString("name", vector.Name);
        writer.WriteString("rule", vector.Rule);
        writer.WriteString("purpose", vector.Purpose);
        Strings(writer, "groups", vector.Groups.Map(group => group.Name()));
        Strings(writer, "needs", vector.Needs);
        if (vector.IsCore) writer.WriteBoolean("core", true);
        if (!vector.Finds.IsEmpty) Strings(writer, "finds", vector.Finds);
        writer.WriteString("program", Bytes(((VectorProgram.Code)vector.Program).Bytes));
        writer.WriteString("memory", Bytes(vector.Memory));
        Setting(writer, vector.Setting);
        if (vector.Before is { } before && before != start?.Before(vector)) Snapshot(writer, "before", before);
        writer.WriteStartObject("expected");
        switch (vector.Expectation)
        {
            case Expectation.Returns(var r0):
                writer.WriteString("r0", $"0x{r0:x}");
                break;
            case Expectation.Refuses:
                writer.WriteBoolean("rejected", true);
                break;
            case Expectation.Traps(var trap, var pc):
                writer.WriteString("trap", trap.ToString());
                writer.WriteNumber("pc", pc);
                break;
        }

        writer.WriteEndObject();
        if (vector.After is { } after) Snapshot(writer, "after", after, vector.Before?.Memory);
    }

    private static void Setting(Utf8JsonWriter writer, Setting setting)
    {
        if (setting.Needs.IsEmpty) return;
        writer.WriteStartObject("setting");
        if (!setting.Regions.IsEmpty) Regions(writer, "regions", setting.Regions);
        if (setting.Branches is { } branches) writer.WriteNumber("branches", branches);
        if (setting.Instructions is { } instructions) writer.WriteNumber("instructions", instructions);
        if (!setting.Helpers.IsEmpty)
        {
            writer.WriteStartArray("helpers");
            foreach (var id in setting.Helpers) writer.WriteNumberValue(id);
            writer.WriteEndArray();
        }

        if (setting.Entry != 0) writer.WriteNumber("entry", setting.Entry);
        writer.WriteEndObject();
    }

    private static void Snapshot(Utf8JsonWriter writer, string name, Snapshot snapshot, Sequence<MemoryRegion>? same = null)
    {
        writer.WriteStartObject(name);
        Strings(writer, "registers", snapshot.Registers.Map(value => $"0x{value:x}"));
        writer.WriteNumber("pc", snapshot.ProgramCounter);
        if (snapshot.Memory != same) Regions(writer, "memory", snapshot.Memory);
        if (snapshot.Branches is { } branches) writer.WriteNumber("branches", branches);
        if (snapshot.Instructions is { } instructions) writer.WriteNumber("instructions", instructions);
        writer.WriteEndObject();
    }

    private static void Regions(Utf8JsonWriter writer, string name, Sequence<MemoryRegion> regions)
    {
        writer.WriteStartArray(name);
        foreach (var region in regions)
        {
            writer.WriteStartObject();
            writer.WriteString("name", region.Name);
            writer.WriteString("address", $"0x{region.Address:x}");
            writer.WriteString("permission", Permissions.Text(region.Permission));
            writer.WriteNumber("length", region.Length);

            // Zeros at the end need not be written: most of a stack is zero.
            writer.WriteString("bytes", Bytes(WithoutZeros(region.Bytes)));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Sequence<byte> WithoutZeros(Sequence<byte> bytes) => Sequence.Of(bytes.AsSpan().TrimEnd((byte)0));

    private static string Bytes(Sequence<byte> bytes) => Convert.ToHexStringLower(bytes.AsSpan());

    private static void Strings(Utf8JsonWriter writer, string name, Sequence<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts) writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}

/// <summary>Permissions in the notation of vectors.</summary>
internal static class Permissions
{
    private static readonly Permission[] All = [Permission.None, Permission.Read, Permission.Write, Permission.ReadWrite];

    /// <summary><c>r</c>, <c>w</c>, both, or nothing.</summary>
    public static string Text(Permission permission) =>
        (permission.HasFlag(Permission.Read) ? "r" : "") + (permission.HasFlag(Permission.Write) ? "w" : "");

    /// <summary>The permission of a text; null if it is none.</summary>
    public static Permission? Of(string text) => All.Select(permission => (Permission?)permission)
        .FirstOrDefault(permission => Text((Permission)permission!) == text);
}
