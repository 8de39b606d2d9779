using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Specification.Playground;

/// <summary>Values as text of JavaScript, and the names that the scripts have for things.</summary>
internal static class Data
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A value as JSON, which is JavaScript.</summary>
    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Plain);

    /// <summary>The name that the scripts have for a field.</summary>
    public static string NameOf(Field field) => field switch
    {
        Field.Destination => "dst",
        Field.Source => "src",
        Field.Offset => "offset",
        Field.Immediate => "imm",
        Field.NextImmediate => "next",
    };
}
