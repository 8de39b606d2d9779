using System.Text.Json;

namespace RbpfSpec.Ranges.Certificates;

/// <summary>The form of a certificate's JSON: says of a file that has another one where it departs from it.</summary>
internal abstract record CertificateForm
{
    private CertificateForm()
    {
    }

    private sealed record Text : CertificateForm;

    private sealed record Number : CertificateForm;

    private sealed record List(CertificateForm Item) : CertificateForm;

    private sealed record Members(params (string Name, CertificateForm Form)[] All) : CertificateForm;

    private static readonly List Texts = new(new Text());

    private static readonly Members Whole = new(
        ("version", new Number()),
        ("assumes", new Members(
            ("program", new Text()), ("entry", new Number()), ("profile", new Text()), ("frameBytes", new Number()),
            ("frameLimit", new Number()), ("initialRegisters", new Text()), ("helpers", new Text()), ("regions", Texts),
            ("leastContext", new Number()), ("greatestContext", new Number()))),
        ("cases", new List(new Members(
            ("leastContext", new Number()), ("greatestContext", new Number()), ("states", new List(new Members(
                ("node", new Number()), ("slot", new Number()), ("registers", Texts), ("frames", new List(new Members(
                    ("returnTo", new Number()), ("saved", Texts), ("cells", Texts), ("zeros", new Text())))),
                ("rounds", Texts), ("values", Texts), ("sums", Texts))))))));

    /// <summary>The first place where a file has another form, with what it is and what is expected; null if it has this one.</summary>
    public static string? ProblemOf(JsonElement root) => ProblemOf(root, Whole, "");

    private static string? ProblemOf(JsonElement value, CertificateForm form, string path)
    {
        switch (form)
        {
            case Text:
                return value.ValueKind is JsonValueKind.String ? null : Not("a text");
            case Number:
                return value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out _) ? null : Not("a whole number of 32 bits");
            case List(var item):
                if (value.ValueKind is not JsonValueKind.Array) return Not("an array");
                return value.EnumerateArray()
                    .Select((one, index) => ProblemOf(one, item, FormattableString.Invariant($"{path}[{index}]")))
                    .FirstOrDefault(static problem => problem is not null);
            case Members(var all):
                if (value.ValueKind is not JsonValueKind.Object) return Not("an object");
                return all.Select(member => value.TryGetProperty(member.Name, out var one)
                        ? ProblemOf(one, member.Form, Below(path, member.Name))
                        : $"'{Below(path, member.Name)}' is missing")
                    .FirstOrDefault(static problem => problem is not null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        string Not(string expected) => $"{(path == "" ? "it" : $"'{path}'")} is {Kind(value)}; expected {expected}";
    }

    private static string Below(string path, string name) => path == "" ? name : $"{path}.{name}";

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => value.GetRawText() is { Length: <= 20 } text ? $"the number {text}" : "another number",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => "null",
    };
}
