using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RbpfSpec.Reports;

/// <summary>Reports for programs, in JSON.</summary>
public static class JsonText
{
    /// <summary>One JSON object, on one line or indented.</summary>
    public static string Object(Action<Utf8JsonWriter> write, bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = indented,

            // What is written is read by programs and people, not put into pages.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A property that is an array of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> lines)
    {
        writer.WriteStartArray(name);
        foreach (var line in lines) writer.WriteStringValue(line);
        writer.WriteEndArray();
    }
}
