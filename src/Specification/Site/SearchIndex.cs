using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Pages;

namespace RbpfSpec.Specification.Site;

/// <summary>What search looks in: a script, because a page from the file system may load nothing else.</summary>
internal static partial class SearchIndex
{
    private const int Shown = 140;

    private static readonly HashSet<string> Families = [.. InstructionFamily.All.Select(family => family.Path)];

    /// <summary>The script: a list of titles, addresses, first words and all words.</summary>
    public static string Script(IEnumerable<Document> pages)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartArray();
            foreach (var operation in OperationTable.All)
            {
                var names = operation.Forms.SelectMany(form => (string[])[form.Id, form.Id.Split('/')[1], form.Mnemonic, $"0x{form.Opcode:x2}"]);
                var title = OperationSection.Title(operation);
                Entry(writer, title, Operations.PathOf(operation), operation.Summary, string.Join(' ', [
                    title, .. names, operation.Summary, operation.Source.ToString(), .. operation.Traps.Select(trap => trap.ToString()), .. Known(operation)]));
            }

            foreach (var page in pages)
            {
                // Of the page of a family its beginning: the rest is what its operations have pages for.
                foreach (var (anchor, title, text) in page.Parts.Take(Families.Contains(page.Source) ? 1 : int.MaxValue))
                    Entry(writer, title == page.Title ? title : $"{page.Title}: {title}", anchor.Length > 0 ? $"{page.Path}#{anchor}" : page.Path, text, $"{title} {anchor} {text}");
            }

            writer.WriteEndArray();
        }

        return $"globalThis.searchIndex = {Encoding.UTF8.GetString(stream.ToArray())};\n";
    }

    // Words that people look for and that the texts have no need to say.
    private static string[] Known(Operation operation) => operation is AluOperation.DivideSigned or AluOperation.ModuloSigned
        ? ["INT_MIN", "overflow", "-1"]
        : [];

    private static void Entry(Utf8JsonWriter writer, string title, string address, string text, string words)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(title);
        writer.WriteStringValue(address);
        writer.WriteStringValue(text.Length > Shown ? $"{text[..text.LastIndexOf(' ', Shown)]} …" : text);
        writer.WriteStringValue(string.Join(' ', WordPattern().Matches(words.ToLowerInvariant()).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)));
        writer.WriteEndArray();
    }

    [GeneratedRegex(@"[a-z0-9_][a-z0-9_/.-]*[a-z0-9_]|-?[a-z0-9_]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WordPattern();
}
