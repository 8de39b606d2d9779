using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Conformance.Formats;

/// <summary>
/// Reads what <see cref="VectorWriter"/> writes, however it is laid out; whatever else it is given, it says what is wrong.
/// </summary>
public static class VectorReader
{
    /// <summary>The most bytes that a program, or the memory of a vector, may have: as of any image.</summary>
    internal const int MostBytes = ImageFile.MaximumSize;

    /// <summary>The most bytes that the regions of a vector may have together, as those of the command line.</summary>
    public const int MostRegionBytes = 1 << 28;

    // Each is compared with each other.
    private const int MostRegions = 256;

    // Up to here, zeros at a region's end are kept as bytes; beyond, as a length.
    private const int MostZeros = 1 << 16;

    private const int MostRegisters = 64;

    /// <summary>Whether a text is a suite, and not lines of vectors.</summary>
    /// <remarks>The first line of a file of lines is an object, and of a suite that is an object only if it is all of it.</remarks>
    public static bool IsSuite(string text)
    {
        var lines = text.AsSpan().TrimStart();
        var end = lines.IndexOf('\n');
        var first = (end < 0 ? lines : lines[..end]).Trim();
        if (!first.StartsWith("{")) return false;
        using var document = JsonInput.Parse(first.ToString(), out _);
        return document is null
            ? !(first.EndsWith("}") && end >= 0 && lines[end..].Trim().StartsWith("{"))
            : document.RootElement.ValueKind is JsonValueKind.Object && document.RootElement.TryGetProperty("vectors", out _);
    }

    /// <summary>Reads a file's text.</summary>
    public static VectorText Read(string text)
    {
        using var document = JsonInput.Parse(text, out var fault);
        if (document is null)
        {
            return new VectorText.Malformed(
                fault.Line,
                $"the file is not JSON{fault.Problem}; expected a suite as 'conformance generate' writes it");
        }

        var problem = new JsonProblem();
        var root = new JsonNode(document.RootElement, "", problem);
        var format = root.Required("format", $"{VectorWriter.Version}, as in a suite that 'conformance generate' writes");
        if (format is { } said
            && (said.Element.ValueKind is not JsonValueKind.Number
                || !said.Element.TryGetInt32(out var version)
                || version != VectorWriter.Version))
        {
            said.Fail($"{VectorWriter.Version}");
        }

        var start = root.Field("start") is { } state ? new CommonStart(Snapshot(state), root.Field("context")?.Number() ?? 0) : null;
        List<Vector> vectors = [];
        foreach (var element in root.Required("vectors", "an array of vectors")?.Items() ?? [])
        {
            if (problem.Exists) break;
            var name = element.Required("name", "text");
            vectors.Add(Vector(element, name?.Text() ?? "", start));
            if (!problem.Exists) continue;
            var number = vectors.Count;
            return new VectorText.Malformed(
                JsonInput.LineOf(text, "vectors", number - 1),
                $"vector {number} is not as vectors.schema.json says: {Within(problem.Text, number - 1)}");
        }

        return problem.Exists
            ? new VectorText.Malformed(1, $"the file is no suite: {problem.Text}")
            : new VectorText.Loaded(vectors.ToSequence());
    }

    /// <summary>Reads one vector; what is wrong with it is kept in its node.</summary>
    /// <param name="node">The object.</param>
    /// <param name="name">The vector's name.</param>
    /// <param name="start">The state in which it starts if it does not say so.</param>
    internal static Vector Vector(JsonNode node, string name, CommonStart? start = null)
    {
        var vector = Said(node, name);
        var before = node.Field("before") is { } said ? Snapshot(said) : start?.Before(vector);
        return vector with { Before = before, After = node.Field("after") is { } after ? Snapshot(after, before?.Memory) : null };
    }

    private static Vector Said(JsonNode node, string name) =>
        new(
            name,
            new VectorProgram.Code(node.Required("program", "bytes in hexadecimal")?.Bytes(MostBytes) ?? []),
            node.Field("memory")?.Bytes(MostBytes) ?? [],
            node.Required("expected", "an object with \"r0\", with \"trap\" and \"pc\", or with \"rejected\"") is { } expected
                ? Expected(expected)
                : new Expectation.Refuses())
        {
            Rule = node.Field("rule")?.Text() ?? "",
            Purpose = node.Field("purpose")?.Text() ?? "",
            Finds = Texts(node.Field("finds")),
            IsCore = node.Field("core") is { Element.ValueKind: JsonValueKind.True },
            Choices = [.. Texts(node.Field("needs")).Where(Choices.All.Contains)],
            Groups = [.. (node.Field("groups")?.Items() ?? []).Select(Group)],
            Setting = node.Field("setting") is { } setting ? Setting(setting) : Conformance.Setting.Plain,
        };

    /// <summary>Reads what has to come out.</summary>
    internal static Expectation Expected(JsonNode node)
    {
        if (node.Field("r0") is { } r0) return new Expectation.Returns(r0.Number());
        if (node.Field("trap") is { } trap)
            return new Expectation.Traps(Kind(trap), node.Required("pc", "the slot of the instruction that traps")?.Count() ?? 0);
        if (node.Field("rejected") is not { Element.ValueKind: JsonValueKind.True })
            node.Fail("\"r0\", \"trap\" and \"pc\", or \"rejected\" that is true");
        return new Expectation.Refuses();
    }

    /// <summary>Reads what a harness provides.</summary>
    internal static Setting Setting(JsonNode node) => new()
    {
        Regions = node.Field("regions") is { } regions ? Regions(regions) : [],
        Branches = node.Field("branches")?.Count(),
        Instructions = node.Field("instructions")?.Count(),
        Helpers = [.. (node.Field("helpers")?.Items(MostRegions) ?? []).Select(id => (uint)id.Count(uint.MaxValue))],
        Entry = (int)(node.Field("entry")?.Count(int.MaxValue) ?? 0),
    };

    private static Trap Kind(JsonNode node)
    {
        if (Running.MachineWords.TrapOf(node.Text()) is { } trap) return trap;
        node.Fail($"one of {string.Join(", ", Enum.GetValues<Trap>())}");
        return default;
    }

    // The memory of the state before is that of the one after if nothing else is said.
    private static Snapshot Snapshot(JsonNode node, Sequence<MemoryRegion>? same = null) => new(
        [.. (node.Required("registers", "an array of numbers")?.Items(MostRegisters) ?? []).Select(register => register.Number())],
        node.Required("pc", "a slot")?.Count() ?? 0,
        same is not null && node.Field("memory") is null ? same.Value
            : node.Required("memory", "an array of regions") is { } memory ? Regions(memory) : [],
        node.Field("branches")?.Count(),
        node.Field("instructions")?.Count());

    private static Sequence<MemoryRegion> Regions(JsonNode node)
    {
        List<MemoryRegion> regions = [];
        var sum = 0L;
        foreach (var region in node.Items(MostRegions))
        {
            var bytes = region.Field("bytes")?.Bytes(MostRegionBytes) ?? [];
            var length = region.Required("length", "how many bytes it has") is { } said ? (int)said.Count((ulong)MostRegionBytes) : 0;
            if (length < bytes.Count)
                region.Problem.Add($"\"{region.Path}.length\" is {length}, and there are {bytes.Count} bytes; expected no fewer");
            sum += length;
            if (sum > MostRegionBytes)
                region.Problem.Add($"\"{node.Path}\" has more than {MostRegionBytes} bytes together; expected at most that");
            if (region.Problem.Exists) return [];
            var isShort = length - bytes.Count <= MostZeros;
            regions.Add(new(
                region.Required("name", "text")?.Text() ?? "",
                region.Required("address", "the address of the first byte, such as \"0x40000000\"")?.Number() ?? 0,
                region.Required("permission", "\"r\", \"w\", \"rw\" or \"\"") is { } permission ? Permitted(permission) : default,
                isShort ? [.. bytes, .. new byte[length - bytes.Count]] : bytes)
            {
                Length = length,
            });
        }

        return regions.ToSequence();
    }

    private static Permission Permitted(JsonNode node)
    {
        if (Permissions.Of(node.Text()) is { } permission) return permission;
        node.Fail("\"r\", \"w\", \"rw\" or \"\"");
        return default;
    }

    private static ConformanceGroup Group(JsonNode node)
    {
        var name = node.Text();
        foreach (var group in Enum.GetValues<ConformanceGroup>())
        {
            if (group.Name() == name) return group;
        }

        node.Fail($"one of {string.Join(", ", Enum.GetValues<ConformanceGroup>().Select(group => group.Name()))}");
        return default;
    }

    private static Sequence<string> Texts(JsonNode? node) => [.. (node?.Items() ?? []).Select(text => text.Text())];

    // The message names the vector already.
    private static string Within(string problem, int index) => problem.Replace($"\"vectors[{index}].", "\"", StringComparison.Ordinal);
}
