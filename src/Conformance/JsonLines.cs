using System.Text.Json;
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
            var place = $"{name}:{number}";
            if (Said(line.ToString(), node => Vector(node, place), out var problem) is not { } vector)
                return new VectorText.Malformed(number, problem);
            vectors.Add(vector);
        }

        return new VectorText.Loaded(vectors.ToSequence());
    }

    /// <summary>Reads one line as what a machine is to run; null, with the problem, if it is none.</summary>
    internal static MachineRequest? Request(string line, out string problem) => Said(line, Request, out problem);

    private static MachineRequest Request(JsonNode node) =>
        new(Program(node), Memory(node), node.Field("setting") is { } setting ? VectorReader.Setting(setting) : null);

    private static Vector Vector(JsonNode node, string place)
    {
        var name = node.Field("name")?.Text() ?? place;
        if (node.Field("expected") is not null) return VectorReader.Vector(node, name);
        var setting = node.Field("setting") is { } said ? VectorReader.Setting(said) : Setting.Plain;
        return new(name, new VectorProgram.Code(Program(node)), Memory(node), new Expectation.Returns(R0(node))) { Setting = setting };
    }

    private static Sequence<byte> Program(JsonNode node) =>
        node.Required("program", "bytes in hexadecimal")?.Bytes(VectorReader.MostBytes) ?? [];

    private static Sequence<byte> Memory(JsonNode node) => node.Field("memory")?.Bytes(VectorReader.MostBytes) ?? [];

    private static ulong R0(JsonNode node) => node.Required("r0", "the result, such as \"0x1f\"")?.Number() ?? 0;

    // What a line's object says, or null, with what is wrong about it.
    private static T? Said<T>(string line, Func<JsonNode, T> read, out string problem)
        where T : class
    {
        problem = "the line is empty; expected a JSON object with a \"program\"";
        if (string.IsNullOrWhiteSpace(line)) return null;
        using var document = JsonInput.Parse(line, out var fault);
        problem = document is null ? $"the line is not JSON{fault.Problem}" : "the line is not a JSON object";
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } element) return null;
        var node = new JsonNode(element, "", new());
        var said = read(node);
        problem = node.Problem.Text;
        return node.Problem.Exists ? null : said;
    }

    /// <summary>One line: a program, its memory, and what else the harness provides if it is said.</summary>
    internal sealed record MachineRequest(Sequence<byte> Program, Sequence<byte> Memory, Setting? Setting);
}
