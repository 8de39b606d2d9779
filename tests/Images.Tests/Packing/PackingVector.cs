using System.Text.Json;
using RbpfSpec.Images.Packing;

namespace RbpfSpec.Images.Tests.Packing;

/// <summary>A vector of <c>spec/packing-vectors.json</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rule">The requirement that it is about.</param>
/// <param name="File">The file.</param>
/// <param name="Content">What the file holds; null if it is refused.</param>
/// <param name="Entry">The slot index at which the program starts.</param>
/// <param name="Window">The window of a plain stream; null of a packed program.</param>
internal sealed record PackingVector(string Name, string Rule, byte[] File, byte[]? Content, int Entry, HeatshrinkWindow? Window)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<PackingVector> All { get; } = Read();

    private static List<PackingVector> Read()
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Repository.Root, "spec", "packing-vectors.json")));
        return [.. document.RootElement.GetProperty("vectors").EnumerateArray().Select(Of)];
    }

    private static PackingVector Of(JsonElement vector) => new(
        vector.GetProperty("name").GetString()!,
        vector.GetProperty("rule").GetString()!,
        Convert.FromHexString(vector.GetProperty("file").GetString()!),
        vector.TryGetProperty("content", out var content) ? Convert.FromHexString(content.GetString()!) : null,
        vector.TryGetProperty("entry", out var entry) ? entry.GetInt32() : 0,
        vector.TryGetProperty("window", out var window) && window.GetString()!.Split(',') is [var bits, var lookahead]
            ? new HeatshrinkWindow(int.Parse(bits, null), int.Parse(lookahead, null))
            : null);
}
