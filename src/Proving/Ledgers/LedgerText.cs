using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RbpfSpec.Proving.Ledgers;

/// <summary>Ledgers as JSON text, one line a claim, so that a change shows as the lines that changed.</summary>
public static class LedgerText
{
    private const string HalfCharacter = "it holds half of a character, as no text in UTF-8 does";

    // Enough of a name to tell which.
    private const int LongestQuote = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text; the same ledger has the same text everywhere.</summary>
    public static string Of(Ledger ledger)
    {
        var text = new StringBuilder("{\n");
        text.Append("  \"solvers\": [").AppendJoin(", ", ledger.Solvers.Select(solver => Json(writer => writer.WriteStringValue(solver))))
            .Append("],\n");
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
            var solvers = Member(root, "solvers", "the ledger", JsonValueKind.Array);
            var claims = Members(Member(root, "claims", "the ledger", JsonValueKind.Object));
            return new LedgerReading.Read(Ledger.Of(
                [.. solvers.EnumerateArray().Select(solver => Text(solver, "a solver"))],
                [.. claims.Select(Entry)]));
        }
        catch (JsonException exception)
        {
            return new LedgerReading.Malformed(Problem(exception));
        }
        catch (FormatException exception)
        {
            return new LedgerReading.Malformed(exception.Message);
        }
        catch (ArgumentException)
        {
            return new LedgerReading.Malformed(HalfCharacter);
        }
    }

    // What no reader of numbers of lines from zero would look for.
    private static string Problem(JsonException exception)
    {
        var message = exception.Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var problem = (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").TrimEnd('.');
        return exception.LineNumber is { } line ? $"line {line + 1}, byte {exception.BytePositionInLine + 1}: {problem}" : problem;
    }

    private static LedgerEntry Entry((string Name, JsonElement Value) claim)
    {
        var verdict = Text(Member(claim.Value, "verdict", $"the claim '{Short(claim.Name)}'", JsonValueKind.String), "verdict");
        return new(
            claim.Name,
            verdict is "proved" or "refuted" or "undecided"
                ? verdict
                : throw new FormatException(
                    $"'{Short(verdict)}' of the claim '{Short(claim.Name)}' is no verdict; expected proved, refuted or undecided"),
            Text(Member(claim.Value, "script", $"the claim '{Short(claim.Name)}'", JsonValueKind.String), "script"),
            [
                // Of these, some have the same name.
                .. Member(claim.Value, "mutants", $"the claim '{Short(claim.Name)}'", JsonValueKind.Object).EnumerateObject()
                    .Select(mutant => new MutantFate(Whole(() => mutant.Name), Text(mutant.Value, "the fate of a mutant"))),
            ])
        {
            // Most claims have none, and say nothing of it.
            Lemmas = claim.Value.TryGetProperty("lemmas", out _)
                ? [.. Member(claim.Value, "lemmas", $"the claim '{Short(claim.Name)}'", JsonValueKind.Array).EnumerateArray()
                    .Select(lemma => Text(lemma, "a lemma"))]
                : [],
        };
    }

    // A member that is there twice is in a ledger that was put together by other means than 'prove merge'.
    private static List<(string Name, JsonElement Value)> Members(JsonElement element)
    {
        List<(string Name, JsonElement Value)> members = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var name = Whole(() => member.Name);
            if (!names.Add(name)) throw new FormatException($"'{Short(name)}' is twice among the claims");
            members.Add((name, member.Value));
        }

        return members;
    }

    private static JsonElement Member(JsonElement element, string name, string of, JsonValueKind kind)
    {
        if (element.ValueKind is not JsonValueKind.Object) throw new FormatException($"{of} is no JSON object");
        var found = element.EnumerateObject().Where(member => member.NameEquals(name)).ToList();
        return found switch
        {
            [] => throw new FormatException($"{of} has no \"{name}\""),
            [var member] => member.Value.ValueKind == kind
                ? member.Value
                : throw new FormatException(
                    $"\"{name}\" of {of} is of the wrong type; expected "
                    + $"{(kind is JsonValueKind.String ? "text" : kind is JsonValueKind.Array ? "a list" : "an object")}"),
            _ => throw new FormatException($"{of} has \"{name}\" twice"),
        };
    }

    private static string Text(JsonElement element, string what) => element.ValueKind is JsonValueKind.String
        ? Whole(() => element.GetString() ?? "")
        : throw new FormatException($"{what} is no text");

    // The escapes of JSON can name halves of characters.
    private static string Whole(Func<string> text)
    {
        try
        {
            return text();
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException(HalfCharacter, exception);
        }
    }

    private static string Short(string text) => text.Length <= LongestQuote ? text : $"{text[..LongestQuote]}…";

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
        if (!entry.Lemmas.IsEmpty)
        {
            writer.WriteStartArray("lemmas");
            foreach (var lemma in entry.Lemmas) writer.WriteStringValue(lemma);
            writer.WriteEndArray();
        }

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

/// <summary>The result of reading the text of a ledger.</summary>
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
