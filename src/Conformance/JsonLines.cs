using RbpfSpec.Conformance.Formats;

namespace RbpfSpec.Conformance;

/// <summary>Vectors one a line, each a JSON object: <c>program</c> and <c>memory</c> in hexadecimal, and what has to come out.</summary>
/// <remarks>
/// What has to come out is <c>r0</c>, or <c>expected</c> as in a suite; <c>name</c> and <c>setting</c> are as there, too.
/// </remarks>
public static class JsonLines
{
    /// <summary>Reads a file's text; blank lines are passed over.</summary>
    /// <param name="name">The file's name, to which the line's number is added.</param>
    /// <param name="text">The whole file.</param>
    public static VectorText Read(string name, string text)
    {
        List<Vector> vectors = [];
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace()) continue;
            if (!TryVector(line.ToString(), $"{name}:{number}", out var vector, out var problem))
                return new VectorText.Malformed(number, problem);
            vectors.Add(vector);
        }

        return new VectorText.Loaded(vectors.ToSequence());
    }

    /// <summary>Reads one line as what a machine is to run.</summary>
    internal static bool TryRequest(string line, out Request request, out string problem)
    {
        request = new([], [], null);
        if (!TryObject(line, out var document, out problem)) return false;
        using (document)
        {
            var node = new JsonNode(document.RootElement, "", new());
            request = new(
                Program(node), Memory(node), node.Field("setting") is { } setting ? VectorReader.Setting(setting) : null);
            problem = node.Problem.Text;
            return !node.Problem.Exists;
        }
    }

    private static bool TryVector(string line, string place, out Vector vector, out string problem)
    {
        vector = new(place, new VectorProgram.Code([]), [], new Expectation.Refuses());
        if (!TryObject(line, out var document, out problem)) return false;
        using (document)
        {
            var node = new JsonNode(document.RootElement, "", new());
            var name = node.Field("name")?.Text() ?? place;
            if (node.Field("expected") is not null)
            {
                vector = VectorReader.Vector(node, name);
            }
            else
            {
                var setting = node.Field("setting") is { } said ? VectorReader.Setting(said) : Setting.Plain;
                vector = new(name, new VectorProgram.Code(Program(node)), Memory(node), new Expectation.Returns(R0(node)))
                {
                    Setting = setting,
                };
            }

            problem = node.Problem.Text;
            return !node.Problem.Exists;
        }
    }

    private static Sequence<byte> Program(JsonNode node) =>
        node.Required("program", "bytes in hexadecimal")?.Bytes(VectorReader.MostBytes) ?? [];

    private static Sequence<byte> Memory(JsonNode node) => node.Field("memory")?.Bytes(VectorReader.MostBytes) ?? [];

    private static ulong R0(JsonNode node) => node.Required("r0", "the result, such as \"0x1f\"")?.Number() ?? 0;

    private static bool TryObject(string line, out System.Text.Json.JsonDocument document, out string problem)
    {
        document = null!;
        problem = "the line is empty; expected a JSON object with a \"program\"";
        if (string.IsNullOrWhiteSpace(line)) return false;
        if (JsonInput.Parse(line, out var fault) is not { } parsed)
        {
            problem = $"the line is not JSON{fault.Problem}";
            return false;
        }

        document = parsed;
        problem = "the line is not a JSON object";
        if (parsed.RootElement.ValueKind is System.Text.Json.JsonValueKind.Object) return true;
        parsed.Dispose();
        return false;
    }

    /// <summary>One line: a program, its memory, and what else the harness provides if it is said.</summary>
    internal readonly record struct Request(Sequence<byte> Program, Sequence<byte> Memory, Setting? Setting);
}
