using System.Text.Json;

namespace RbpfSpec.Specification.Tables;

/// <summary>Lists in JSON.</summary>
public static class JsonLists
{
    /// <summary>Writes a member that is an array of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }
}
