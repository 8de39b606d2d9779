using System.Text.Json;

namespace RbpfSpec.Cli.Tests;

/// <summary>Reads what was printed for programs.</summary>
internal static class JsonText
{
    /// <summary>The one object.</summary>
    public static JsonElement Object(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The objects, one a line.</summary>
    public static List<JsonElement> Lines(string text)
    {
        text.ShouldEndWith("\n");
        return [.. text.TrimEnd('\n').Split('\n').Select(Object)];
    }

    /// <summary>A property that is text.</summary>
    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();

    /// <summary>The names of an object's properties.</summary>
    public static string Names(this JsonElement element) => string.Join(' ', element.EnumerateObject().Select(part => part.Name));
}
