using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Lookup;

namespace RbpfSpec.Specification.Site;

/// <summary>The index that search looks in: a script, because a page from the file system may load nothing else.</summary>
/// <remarks>
/// It has the places, words and figures of <see cref="SearchIndex"/>, so that the site answers as <c>rbpf explain</c> does.
/// </remarks>
internal static class SearchScript
{
    private const int Shown = 140;

    /// <summary>
    /// The script: how words are taken, the vocabulary, and each place with its title, address, first words, words and phrases.
    /// </summary>
    public static string Of(SearchIndex index)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("word", Query.Word);
            writer.WriteString("endings", Query.Endings);
            writer.WriteNumber("synonym", SearchIndex.OfSynonym);
            writer.WriteNumber("near", SearchIndex.OfNear);
            writer.WriteNumber("phrase", SearchIndex.OfPhrase);
            writer.WriteString("ignored", string.Join(' ', Vocabulary.Table.Ignored));
            List(writer, "groups", Vocabulary.Table.Groups.Select(group => string.Join(' ', group)));
            writer.WriteStartArray("entries");
            foreach (var entry in index.Entries) Entry(writer, entry);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return $"globalThis.searchIndex = {Encoding.UTF8.GetString(stream.ToArray())};\n";
    }

    private static void Entry(Utf8JsonWriter writer, SearchIndex.Entry entry)
    {
        var place = entry.Place;
        writer.WriteStartObject();
        writer.WriteString("title", place.Title);
        writer.WriteString("address", AddressOf(place));
        writer.WriteString("text", place.Line.Length > Shown ? $"{place.Line[..place.Line.LastIndexOf(' ', Shown)]} …" : place.Line);
        writer.WriteStartObject("words");
        foreach (var weight in SearchIndex.Weights)
        {
            writer.WriteString(
                $"{weight}", string.Join(' ', entry.Words.Where(word => word.Value.Equals(weight)).Select(word => word.Key)));
        }

        writer.WriteEndObject();
        List(writer, "phrases", entry.Phrases.Select(phrase => string.Join(' ', phrase)).Distinct());
        writer.WriteEndObject();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    // An operation has a page of its own.
    private static string AddressOf(Place place) =>
        OperationTable.All.FirstOrDefault(operation => Place.IdOf(operation) == place.Id) is { } found
            && place.Page.Contains('#', StringComparison.Ordinal)
            ? Operations.PathOf(found)
            : place.Page.Replace(".md", ".html", StringComparison.Ordinal);
}
