using System.Text.Json;

namespace RbpfSpec.Translation.Native;

/// <summary>Certificates as text: one object of JSON.</summary>
public static class CertificateText
{
    /// <summary>The member <c>format</c> of every certificate.</summary>
    public const string Format = "rbpf-certificate-1";

    /// <summary>The processors that native code is for: ARMv7E-M without floating point, in Thumb-2.</summary>
    public const string Target = "thumbv7em";

    /// <summary>The text of a certificate, in UTF-8, a cut a line.</summary>
    public static byte[] Write(Certificate certificate)
    {
        var lines = new List<string>
        {
            $"{{\"format\": \"{Format}\", \"target\": \"{Target}\", \"profile\": {JsonSerializer.Serialize(certificate.Profile)},",
            "\"places\": [",
            Lines(certificate.Places.Select(OfPlace)),
            "],",
            "\"cuts\": [",
            Lines(certificate.Cuts.Select(OfCut)),
            "]}",
            "",
        };
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    /// <summary>The certificate in a text; null if it is none, and why.</summary>
    public static Certificate? Read(ReadOnlyMemory<byte> text, out string problem)
    {
        problem = "";
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (Text(root, "format") != Format) return Refuse($"its format is not {Format}", out problem);
            if (Text(root, "target") != Target) return Refuse($"its target is not {Target}", out problem);
            return new(
                Text(root, "profile"),
                [.. root.GetProperty("places").EnumerateArray().Select(place => new Placed(
                    Number(place, "register"),
                    Number(place, "low"),
                    Number(place, "high"),
                    place.GetProperty("dirty").GetBoolean()))],
                [.. root.GetProperty("cuts").EnumerateArray().Select(cut => new Cut(
                    Number(cut, "slot"),
                    Number(cut, "offset"),
                    [.. cut.GetProperty("zeroHigh").EnumerateArray().Select(register => register.GetInt32())]))]);
        }
        catch (JsonException exception)
        {
            return Refuse($"it is no JSON: {exception.Message}", out problem);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return Refuse("it has not the members format, target, profile, places and cuts of a certificate", out problem);
        }
    }

    private static string OfPlace(Placed place) =>
        $"{{\"register\": {place.Register}, \"low\": {place.Low}, \"high\": {place.High}, "
        + $"\"dirty\": {(place.IsDirty ? "true" : "false")}}}";

    private static string OfCut(Cut cut) =>
        $"{{\"slot\": {cut.Slot}, \"offset\": {cut.Offset}, "
        + $"\"zeroHigh\": [{string.Join(", ", (IEnumerable<int>)cut.ZeroHigh)}]}}";

    private static string Lines(IEnumerable<string> items) => string.Join(",\n", items);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();

    private static Certificate? Refuse(string reason, out string problem)
    {
        problem = reason;
        return null;
    }
}
