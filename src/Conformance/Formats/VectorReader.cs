using System.Globalization;
using System.Text.Json;
using RbpfSpec.Semantics;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Formats;

/// <summary>Reads what <see cref="VectorWriter"/> writes.</summary>
public static class VectorReader
{
    /// <summary>Whether a text begins as a suite does, and not as lines of vectors do.</summary>
    public static bool IsSuite(string text) => text.AsSpan().TrimStart().StartsWith("{\"format\":");

    /// <summary>Reads a file's text.</summary>
    public static VectorText Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var format = root.GetProperty("format").GetInt32();
            if (format != VectorWriter.Version) return new VectorText.Malformed(1, $"the format is {format}; expected {VectorWriter.Version}");
            var number = 1;
            List<Vector> vectors = [];
            foreach (var element in root.GetProperty("vectors").EnumerateArray())
            {
                number++;
                try
                {
                    vectors.Add(Vector(element));
                }
                catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
                {
                    return new VectorText.Malformed(number, $"vector {number - 1} is not as vectors.schema.json says: {exception.Message}");
                }
            }

            return new VectorText.Loaded(vectors.ToSequence());
        }
        catch (JsonException exception)
        {
            return new VectorText.Malformed((int)(exception.LineNumber ?? 0) + 1, $"the file is not JSON, at byte {exception.BytePositionInLine + 1} of the line; expected a suite as 'conformance generate' writes it");
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new VectorText.Malformed(1, $"the file is no suite: {exception.Message}");
        }
    }

    private static Vector Vector(JsonElement element)
    {
        return new(
            Text(element, "name"),
            new VectorProgram.Code(Bytes(element, "program")),
            Bytes(element, "memory"),
            Expected(element.GetProperty("expected")))
        {
            Rule = Text(element, "rule"),
            Purpose = Text(element, "purpose"),
            Finds = element.TryGetProperty("finds", out var finds) ? Texts(finds) : [],
            Groups = Texts(element.GetProperty("groups")).Map(Group),
            Setting = element.TryGetProperty("setting", out var setting) ? Setting(setting) : Conformance.Setting.Plain,
            Before = element.TryGetProperty("before", out var before) ? Snapshot(before) : null,
            After = element.TryGetProperty("after", out var after) ? Snapshot(after) : null,
        };
    }

    private static Expectation Expected(JsonElement element)
    {
        if (element.TryGetProperty("r0", out var r0)) return new Expectation.Returns(Number(r0));
        return element.TryGetProperty("trap", out var trap)
            ? new Expectation.Traps(Enum.Parse<Trap>(trap.GetString() ?? ""), element.GetProperty("pc").GetUInt64())
            : new Expectation.Refuses();
    }

    /// <summary>Reads what a harness provides.</summary>
    internal static Setting Setting(JsonElement element) => new()
    {
        Regions = element.TryGetProperty("regions", out var regions) ? Regions(regions) : [],
        Branches = Count(element, "branches"),
        Instructions = Count(element, "instructions"),
        Helpers = element.TryGetProperty("helpers", out var helpers) ? [.. helpers.EnumerateArray().Select(id => id.GetUInt32())] : [],
        Entry = element.TryGetProperty("entry", out var entry) ? entry.GetInt32() : 0,
    };

    private static Snapshot Snapshot(JsonElement element) => new(
        [.. element.GetProperty("registers").EnumerateArray().Select(Number)],
        element.GetProperty("pc").GetUInt64(),
        Regions(element.GetProperty("memory")),
        Count(element, "branches"),
        Count(element, "instructions"));

    private static Sequence<MemoryRegion> Regions(JsonElement element) => [.. element.EnumerateArray().Select(region => new MemoryRegion(
        Text(region, "name"),
        Number(region.GetProperty("address")),
        Permissions.Of(Text(region, "permission")) ?? throw new FormatException("a permission is r, w, rw or empty"),
        Filled(Bytes(region, "bytes"), region.GetProperty("length").GetInt32())))];

    private static Sequence<byte> Filled(Sequence<byte> bytes, int length) => [.. bytes, .. new byte[Math.Max(0, length - bytes.Count)]];

    private static ConformanceGroup Group(string name)
    {
        foreach (var group in Enum.GetValues<ConformanceGroup>())
        {
            if (group.Name() == name) return group;
        }

        throw new FormatException($"there is no conformance group '{name}'");
    }

    private static ulong? Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out var count) ? count.GetUInt64() : null;

    private static ulong Number(JsonElement element) => element.GetString() is { } text && text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : throw new FormatException($"{element.GetRawText()} is no number such as \"0x1f\"");

    private static Sequence<byte> Bytes(JsonElement element, string name) => Sequence.Of<byte>(Convert.FromHexString(Text(element, name)));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static Sequence<string> Texts(JsonElement element) => [.. element.EnumerateArray().Select(text => text.GetString() ?? "")];
}
