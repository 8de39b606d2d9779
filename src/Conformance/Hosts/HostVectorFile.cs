using System.Text;
using System.Text.Json;
using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>The result of reading a file of host vectors.</summary>
public abstract record HostVectorReading
{
    private HostVectorReading()
    {
    }

    /// <summary>The vectors, in order.</summary>
    /// <param name="Vectors">All of the file.</param>
    public sealed record Read(Sequence<HostVector> Vectors) : HostVectorReading;

    /// <summary>The text is no file of host vectors.</summary>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Problem">What is wrong, and what would be right.</param>
    public sealed record Malformed(int Line, string Problem) : HostVectorReading;
}

/// <summary>Files of host vectors: JSON, as <c>host.schema.json</c> describes it.</summary>
public static class HostVectorFile
{
    /// <summary>The name of the file under <c>spec/</c>.</summary>
    public const string Path = "vectors/host.json";

    /// <summary>The name of its schema under <c>spec/</c>.</summary>
    public const string SchemaPath = "vectors/host.schema.json";

    private const int Format = 1;

    private const string About =
        "What hosts do, spec/85-host.md to spec/88-updates.md: of each event the effects, in order, and the state after the last one. "
        + "Made by ./rbpf generate.";

    /// <summary>The text of the schema.</summary>
    public static string Schema()
    {
        using var stream = typeof(HostVectorFile).Assembly.GetManifestResourceStream("host.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The text of a file, a line for each event.</summary>
    public static string Write(IReadOnlyCollection<HostVector> vectors)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var text = new StringBuilder("{\n");
        text.Append($"\"format\": {Format},\n\"about\": {JsonSerializer.Serialize(About)},\n\"devices\": {{\n");
        var devices = vectors.Select(vector => vector.Device).DistinctBy(device => device.Name).OrderBy(device => device.Name);
        text.AppendJoin(",\n", devices.Select(device =>
            $"{JsonSerializer.Serialize(device.Name)}: {HostJson.Text(writer => HostWriter.Device(writer, device))}"));
        text.Append("\n},\n\"vectors\": [\n");
        text.AppendJoin(",\n", vectors.Select(Write));
        return text.Append("\n]\n}\n").ToString();
    }

    /// <summary>Reads a file.</summary>
    public static HostVectorReading Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var document = JsonInput.Parse(text, out var fault);
        if (document is null) return new HostVectorReading.Malformed(fault.Line, $"it is not JSON{fault.Problem}");
        var problem = new JsonProblem();
        var root = new JsonNode(document.RootElement, "", problem);
        if (root.Required("format", $"{Format}")?.Count() is not Format and var found)
            problem.Add($"the format {found} is not known; expected {Format}");
        Dictionary<string, HostDevice> devices = [];
        if (root.Required("devices", "an object") is { IsObject: true } described)
        {
            foreach (var each in described.Element.EnumerateObject())
            {
                if (HostReader.Device(each.Name, new(each.Value, $"devices.{each.Name}", problem)) is { } device)
                    devices[each.Name] = device;
            }
        }

        if (problem.Exists) return new HostVectorReading.Malformed(1, problem.Text);
        List<HostVector> vectors = [];
        foreach (var (at, node) in (root.Required("vectors", "an array")?.Items() ?? []).Index())
        {
            var vector = Vector(node, devices);
            if (problem.Exists) return new HostVectorReading.Malformed(JsonInput.LineOf(text, "vectors", at), problem.Text);
            vectors.Add(vector!);
        }

        return problem.Exists ? new HostVectorReading.Malformed(1, problem.Text) : new HostVectorReading.Read(vectors.ToSequence());
    }

    private static string Write(HostVector vector)
    {
        var text = new StringBuilder(HostJson.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", vector.Name);
            writer.WriteString("rule", vector.Rule);
            writer.WriteString("because", vector.Because);
            writer.WriteString("device", vector.Device.Name);
            writer.WriteEndObject();
        })[..^1]);
        text.Append(",\"steps\":[\n");
        text.AppendJoin(",\n", vector.Steps.Select(step =>
            $" {{\"event\":{HostJson.Text(writer => HostEventWriter.Write(writer, step.Event))},\n  \"effects\":{step.Effects}}}"));
        return text.Append($"],\n \"state\":{vector.State}}}").ToString();
    }

    private static HostVector? Vector(JsonNode node, Dictionary<string, HostDevice> devices)
    {
        var name = node.Required("device", "the name of a device")?.Text() ?? "";
        if (!devices.TryGetValue(name, out var device)) node.Problem.Add($"\"{node.Path}.device\": there is no device '{name}'");
        List<HostVectorStep> steps = [];
        foreach (var step in node.Required("steps", "an array")?.Items() ?? [])
        {
            if (step.Required("event", "an object") is not { } happening || step.Required("effects", "an array") is not { } effects) break;
            steps.Add(new(HostReader.Event(happening), effects.Element.GetRawText()));
        }

        var state = node.Required("state", "an object")?.Element.GetRawText() ?? "{}";
        var (id, rule, because) = (Text("name"), Text("rule"), Text("because"));
        return device is null ? null : new(id, rule, because, device, steps.ToSequence(), state);

        string Text(string field) => node.Required(field, "text")?.Text() ?? "";
    }
}
