using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Host.Hooks;

namespace RbpfSpec.Conformance.Hosts;

/// <summary>The words that the JSON of host vectors has in common.</summary>
internal static class HostJson
{
    /// <summary>The names of the policies, in their order.</summary>
    public static readonly string[] PolicyNames = ["continue", "abort-on-negative", "abort-on-positive", "single"];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name of a policy.</summary>
    public static string NameOf(Policy policy) => PolicyNames[(int)policy];

    /// <summary>Bytes, two digits each.</summary>
    public static string Hex(Sequence<byte> bytes) => Convert.ToHexStringLower(bytes.AsSpan());

    /// <summary>A JSON text without white space.</summary>
    public static string Text(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options)) write(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Whether two JSON texts say the same.</summary>
    public static bool IsSame(string one, string other)
    {
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement);
    }
}
