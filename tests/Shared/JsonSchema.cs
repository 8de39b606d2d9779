using System.Text.Json;
using System.Text.RegularExpressions;

namespace RbpfSpec.Tests;

/// <summary>As much of JSON Schema as the project's schemas use; a word that it does not know is an error.</summary>
internal sealed class JsonSchema(JsonElement root)
{
    private static readonly string[] Notes = ["$schema", "$defs", "title", "description"];

    /// <summary>Where, and why, a value is not as the schema says; none if it is.</summary>
    public IEnumerable<string> Problems(JsonElement value) => Problems(value, root, "$");

    private IEnumerable<string> Problems(JsonElement value, JsonElement schema, string place) =>
        schema.EnumerateObject().SelectMany(word => word.Name switch
        {
            "$ref" => Problems(value, Definition(word.Value.GetString()!), place),
            "type" => If(!IsOf(value, word.Value.GetString()!), $"{place} is no {word.Value}"),
            "const" => If(value.GetRawText() != word.Value.GetRawText(), $"{place} is not {word.Value}"),
            "enum" => If(!word.Value.EnumerateArray().Any(one => one.GetString() == value.GetString()), $"{place} is {value}"),
            "pattern" => If(!Regex.IsMatch(value.GetString()!, word.Value.GetString()!, RegexOptions.None, TimeSpan.FromSeconds(5)),
                $"{place} is {value}"),
            "required" => word.Value.EnumerateArray().SelectMany(name =>
                If(!value.TryGetProperty(name.GetString()!, out _), $"{place} has no {name}")),
            "additionalProperties" => value.EnumerateObject()
                .Where(member => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(member.Name, out _))
                .SelectMany(member => word.Value.ValueKind is JsonValueKind.False
                    ? [$"{place} has {member.Name}"]
                    : Problems(member.Value, word.Value, $"{place}.{member.Name}")),
            "properties" => word.Value.EnumerateObject().SelectMany(member => value.TryGetProperty(member.Name, out var inner)
                ? Problems(inner, member.Value, $"{place}.{member.Name}") : []),
            "items" => value.EnumerateArray().SelectMany((item, index) => Problems(item, word.Value, $"{place}[{index}]")),
            "oneOf" => If(word.Value.EnumerateArray().Count(one => !Problems(value, one, place).Any()) != 1,
                $"{place} is none of the cases, or several"),
            _ when Notes.Contains(word.Name) => [],
            _ => [$"the schema has {word.Name}, which this does not know"],
        });

    private static IEnumerable<string> If(bool isWrong, string problem) => isWrong ? [problem] : [];

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind is JsonValueKind.Null,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetDecimal(out var number) && number == Math.Floor(number),
        _ => false,
    };

    private JsonElement Definition(string reference) =>
        root.GetProperty("$defs").GetProperty(reference.Replace("#/$defs/", "", StringComparison.Ordinal));
}
