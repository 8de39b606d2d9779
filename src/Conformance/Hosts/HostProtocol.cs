using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>
/// The protocol by which another host is asked: a line <c>{"device":…,"events":[…]}</c> of a vector is answered by a line
/// <c>{"effects":[[…],…],"state":{…}}</c>; a line that makes no sense by <c>{"problem":"…"}</c>.
/// </summary>
public static class HostProtocol
{
    /// <summary>The line that asks for a vector.</summary>
    public static string Request(HostVector vector)
    {
        ArgumentNullException.ThrowIfNull(vector);
        return HostJson.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("device");
            HostWriter.Device(writer, vector.Device);
            writer.WriteStartArray("events");
            foreach (var step in vector.Steps) HostEventWriter.Write(writer, step.Event);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>The answer of the device of this project to a line, without a line end.</summary>
    public static string Answer(string line)
    {
        using var document = JsonInput.Parse(line, out var fault);
        if (document is null) return Problem($"the line is not JSON{fault.Problem}");
        var node = new JsonNode(document.RootElement, "", new());
        var device = node.Required("device", "an object") is { } described ? HostReader.Device("", described) : null;
        List<HostEvent> events = [.. node.Required("events", "an array")?.Items().Select(HostReader.Event) ?? []];
        if (node.Problem.Exists || device is null) return Problem(node.Problem.Text);
        var outcome = HostRun.Of(device, events);
        return $"{{\"effects\":[{string.Join(',', outcome.Effects)}],\"state\":{outcome.State}}}";
    }

    /// <summary>Answers every line; the answer is written out before the next line is waited for.</summary>
    /// <param name="input">The requests, a line each.</param>
    /// <param name="output">The answers.</param>
    public static void Serve(TextReader input, TextWriter output)
    {
        var requests = new RequestLines(input);
        while (requests.Next() is { } request)
        {
            output.Write(request.IsTooLong
                ? Problem($"the line has more than {RequestLines.Longest} characters; expected no more")
                : Answer(request.Text));
            output.Write('\n');
            output.Flush();
        }
    }

    /// <summary>The answer that a line holds; null, with the problem, if it is no answer.</summary>
    public static HostOutcome? Outcome(string line, out string problem)
    {
        using var document = JsonInput.Parse(line, out var fault);
        problem = $"the answer is not JSON{fault.Problem}";
        if (document is null) return null;
        var node = new JsonNode(document.RootElement, "", new());
        if (node.IsObject && node.Field("problem") is { } told)
        {
            problem = $"the host says: {told.Element}";
            return null;
        }

        List<string> effects = [.. node.Required("effects", "an array")?.Items().Select(item => item.Element.GetRawText()) ?? []];
        var state = node.Required("state", "an object")?.Element.GetRawText() ?? "{}";
        problem = node.Problem.Text;
        return node.Problem.Exists ? null : new(effects.ToSequence(), state);
    }

    private static string Problem(string text) => HostJson.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("problem", text);
        writer.WriteEndObject();
    });
}
