using System.Text.Json;

namespace RbpfSpec.Specification.Text;

/// <summary>A vector of packed programs, as far as text speaks of it: a file, and what it holds or that it is refused.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">The requirement that it is about.</param>
/// <param name="Because">The sentence that says why it exists.</param>
/// <param name="Expected">What a reader makes of the file, in words.</param>
public sealed record PackingVector(string Name, string Rule, string Because, string Expected)
{
    /// <summary>The file of all of them under <c>spec/</c>.</summary>
    public const string Path = "packing-vectors.json";

    /// <summary>Reads them.</summary>
    /// <param name="json">The text of their file.</param>
    /// <exception cref="JsonException">It is no list of vectors.</exception>
    public static Sequence<PackingVector> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(Of)];
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException($"the vectors of packed programs: {exception.Message}", exception);
        }
    }

    private static PackingVector Of(JsonElement vector) => new(
        Text(vector, "name"), Text(vector, "rule"), Text(vector, "because"),
        vector.TryGetProperty("content", out var content) ? $"{content.GetString()!.Length / 2} bytes" : "refused");

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString() ?? "";
}
