using System.Text.Json;
using RbpfSpec.Images.Inputs;

namespace RbpfSpec.Conformance.Formats;

/// <summary>The first thing in a JSON text that is not as expected; empty as long as all is.</summary>
internal sealed class JsonProblem
{
    /// <summary>The field, what it holds, and what would be right.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether something was not as expected.</summary>
    public bool Exists => Text != "";

    /// <summary>Keeps a problem, if it is the first.</summary>
    public void Add(string problem)
    {
        if (!Exists) Text = problem;
    }
}

/// <summary>
/// A value in a JSON text that others wrote, read without exceptions: what is not as asked for is a problem, and read as
/// nothing.
/// </summary>
/// <param name="Element">The value.</param>
/// <param name="Path">Its name, from the outermost object on.</param>
/// <param name="Problem">Where problems are kept.</param>
internal readonly record struct JsonNode(JsonElement Element, string Path, JsonProblem Problem)
{
    // A value is quoted no further.
    private const int MostQuoted = 60;

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => Element.ValueKind is JsonValueKind.Object;

    /// <summary>A field of an object; null if there is none.</summary>
    public JsonNode? Field(string name)
    {
        if (!IsObject) Fail("an object");
        return IsObject && Element.TryGetProperty(name, out var value) ? new(value, Path == "" ? name : $"{Path}.{name}", Problem) : null;
    }

    /// <summary>A field that has to be there; else a problem.</summary>
    public JsonNode? Required(string name, string expected)
    {
        var field = Field(name);
        if (field is null) Problem.Add($"there is no \"{(Path == "" ? name : $"{Path}.{name}")}\"; expected {expected}");
        return field;
    }

    /// <summary>The elements of an array.</summary>
    /// <param name="most">How many there may be.</param>
    public IEnumerable<JsonNode> Items(int most = int.MaxValue)
    {
        if (Element.ValueKind is not JsonValueKind.Array)
        {
            Fail("an array");
            return [];
        }

        if (Element.GetArrayLength() > most)
        {
            Problem.Add($"\"{Path}\" has {Element.GetArrayLength()} elements; expected at most {most}");
            return [];
        }

        var (path, problem) = (Path, Problem);
        return Element.EnumerateArray().Select((element, index) => new JsonNode(element, $"{path}[{index}]", problem));
    }

    /// <summary>A text.</summary>
    public string Text()
    {
        if (Element.ValueKind is JsonValueKind.String) return Element.GetString()!;
        Fail("text");
        return "";
    }

    /// <summary>64 bits, as text in the notations of <see cref="Hex.TryNumber"/>: JSON's numbers cannot hold them.</summary>
    public ulong Number()
    {
        if (Element.ValueKind is JsonValueKind.String && Hex.TryNumber(Element.GetString()!, out var number)) return number;
        Fail("a number of up to 64 bits as text, such as \"0x1f\"");
        return 0;
    }

    /// <summary>A count, as a number of JSON.</summary>
    /// <param name="greatest">The greatest that makes sense.</param>
    public ulong Count(ulong greatest = ulong.MaxValue)
    {
        if (Element.ValueKind is JsonValueKind.Number && Element.TryGetUInt64(out var count) && count <= greatest) return count;
        Fail($"a whole number from 0 to {greatest}");
        return 0;
    }

    /// <summary>Bytes, two hexadecimal digits each.</summary>
    /// <param name="most">How many there may be.</param>
    public Sequence<byte> Bytes(int most)
    {
        if (Element.ValueKind is not JsonValueKind.String || !Hex.TryBytes(Element.GetString(), out var bytes))
        {
            Problem.Add($"\"{Path}\" is not bytes; expected two hexadecimal digits each");
            return [];
        }

        if (bytes.Count <= most) return bytes;
        Problem.Add($"\"{Path}\" has {bytes.Count} bytes; expected at most {most}");
        return [];
    }

    /// <summary>Keeps that the value is not what is expected.</summary>
    public void Fail(string expected)
    {
        var text = Element.GetRawText();
        var name = Path == "" ? "it" : $"\"{Path}\"";
        Problem.Add($"{name} is {(text.Length > MostQuoted ? $"{text[..MostQuoted]}…" : text)}; expected {expected}");
    }
}
