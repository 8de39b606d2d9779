using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RbpfSpec.Symbolic.Obligations;

/// <summary>Ledgers as JSON text, one line a claim, so that a change shows as the lines that changed.</summary>
public static class LedgerText
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text; the same ledger has the same text everywhere.</summary>
    public static string Of(Ledger ledger)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"solvers\": [").AppendJoin(", ", ledger.Solvers.Select(solver => Json(writer => writer.WriteStringValue(solver)))).Append("],\n");
        text.Append("  \"claims\": {");
        var separator = "\n";
        foreach (var entry in ledger.Entries)
        {
            text.Append(separator).Append("    ").Append(Json(writer => writer.WriteStringValue(entry.Id)));
            text.Append(": ").Append(Json(writer => Write(writer, entry)));
            separator = ",\n";
        }

        return text.Append("\n  }\n}\n").ToString();
    }

    /// <summary>Reads the text of a ledger, or a report in JSON, which has all that a ledger has and more.</summary>
    public static LedgerReading Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new LedgerReading.Read(Ledger.Of(
                root.GetProperty("solvers").EnumerateArray().Select(Text),
                root.GetProperty("claims").EnumerateObject().Select(Entry)));
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return new LedgerReading.Malformed(exception.Message);
        }
    }

    private static LedgerEntry Entry(JsonProperty claim)
    {
        var verdict = Text(claim.Value.GetProperty("verdict"));
        return new(
            claim.Name,
            verdict is "proved" or "refuted" or "undecided" ? verdict : throw new FormatException($"'{verdict}' is no verdict"),
            Text(claim.Value.GetProperty("script")),
            [.. claim.Value.GetProperty("mutants").EnumerateObject().Select(mutant => new MutantFate(mutant.Name, Text(mutant.Value)))]);
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new FormatException("a text is null");

    private static void Write(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteStartObject();
        Properties(writer, entry);
        writer.WriteEndObject();
    }

    /// <summary>Writes the properties of an entry into an object.</summary>
    public static void Properties(Utf8JsonWriter writer, LedgerEntry entry)
    {
        writer.WriteString("verdict", entry.Verdict);
        writer.WriteString("script", entry.Script);
        writer.WriteStartObject("mutants");
        foreach (var (name, fate) in entry.Mutants) writer.WriteString(name, fate);
        writer.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options)) write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

/// <summary>What reading the text of a ledger comes to.</summary>
public abstract record LedgerReading
{
    private LedgerReading()
    {
    }

    /// <summary>A ledger.</summary>
    public sealed record Read(Ledger Ledger) : LedgerReading;

    /// <summary>The text is no ledger.</summary>
    public sealed record Malformed(string Problem) : LedgerReading;
}
