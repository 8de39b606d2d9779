using System.Text.Json;

namespace RbpfSpec.Debugging.Protocol;

/// <summary>The arguments of a request, read one by one; the first that makes no sense is kept as the problem.</summary>
/// <remarks>What has a problem reads as if it were not given, so whoever asks can go on, and look for a problem at the end.</remarks>
public sealed class RequestArguments
{
    private readonly JsonElement value;
    private readonly RequestArguments parent;
    private readonly string prefix;
    private string? problem;

    /// <summary>Those of a request.</summary>
    public RequestArguments(JsonElement value)
        : this(value, null, "")
    {
    }

    private RequestArguments(JsonElement value, RequestArguments? parent, string prefix) =>
        (this.value, this.parent, this.prefix) = (value, parent ?? this, prefix);

    /// <summary>The problem of the first argument that makes no sense; null if none.</summary>
    public string? Problem => parent == this ? problem : parent.Problem;

    /// <summary>Whether an argument is given.</summary>
    public bool Has(string name) => Request.Member(value, name) is { ValueKind: not JsonValueKind.Null };

    /// <summary>A text; null if it is not given.</summary>
    public string? Text(string name)
    {
        if (Of(name, JsonValueKind.String, "a text") is not { } found) return null;
        try
        {
            return found.GetString();
        }
        catch (InvalidOperationException)
        {
            Fail(name, "is no valid Unicode text");
            return null;
        }
    }

    /// <summary>A text that must be given.</summary>
    public string RequiredText(string name) => Text(name) ?? Missing(name, "");

    /// <summary>A whole number; null if it is not given.</summary>
    public long? Number(string name)
    {
        if (Of(name, JsonValueKind.Number, "a whole number") is not { } found) return null;
        if (found.TryGetInt64(out var number)) return number;
        Fail(name, "is no whole number of 64 bits");
        return null;
    }

    /// <summary>A whole number within bounds that must be given.</summary>
    public int RequiredNumber(string name, int least = 0, int most = int.MaxValue) =>
        Has(name) || Problem is not null ? Number(name, least, least, most) : Missing(name, least);

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int otherwise, int least = 0, int most = int.MaxValue)
    {
        if (Number(name) is not { } number) return otherwise;
        if (number >= least && number <= most) return (int)number;
        Fail(name, FormattableString.Invariant($"is {number}; expected {least} to {most}"));
        return otherwise;
    }

    /// <summary>A truth value; false if it is not given.</summary>
    public bool Flag(string name) => Flag(name, otherwise: false);

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise)
    {
        if (Request.Member(value, name) is not { ValueKind: not JsonValueKind.Null } found) return otherwise;
        if (found.ValueKind is JsonValueKind.True or JsonValueKind.False) return found.ValueKind is JsonValueKind.True;
        Fail(name, $"is {Request.Kind(found)}; expected true or false");
        return otherwise;
    }

    /// <summary>An object; one without members if it is not given.</summary>
    public RequestArguments Object(string name) =>
        new(Of(name, JsonValueKind.Object, "an object") ?? default, parent, $"{prefix}{name}.");

    /// <summary>The objects of an array; none if it is not given.</summary>
    public Sequence<RequestArguments> Objects(string name)
    {
        List<RequestArguments> all = [];
        foreach (var item in Items(name))
        {
            if (item.ValueKind is not JsonValueKind.Object) Fail(name, $"has {Request.Kind(item)} in it; expected objects");
            else all.Add(new(item, parent, $"{prefix}{name}[{all.Count}]."));
        }

        return all.ToSequence();
    }

    /// <summary>The texts of an array; none if it is not given.</summary>
    public Sequence<string> Texts(string name)
    {
        List<string> all = [];
        foreach (var item in Items(name))
        {
            if (item.ValueKind is not JsonValueKind.String) Fail(name, $"has {Request.Kind(item)} in it; expected texts");
            else all.Add(ItemText(name, item));
        }

        return all.ToSequence();
    }

    /// <summary>Says that an argument makes no sense.</summary>
    /// <param name="name">The argument.</param>
    /// <param name="what">What is wrong with it, as the rest of the sentence, and what would be right.</param>
    public void Fail(string name, string what) => parent.problem ??= $"'{prefix}{name}' {what}";

    private JsonElement.ArrayEnumerator Items(string name) =>
        Of(name, JsonValueKind.Array, "an array") is { } found ? found.EnumerateArray() : default;

    private string ItemText(string name, JsonElement item)
    {
        try
        {
            return item.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            Fail(name, "has a text in it that is no valid Unicode");
            return "";
        }
    }

    private JsonElement? Of(string name, JsonValueKind kind, string expected)
    {
        if (Request.Member(value, name) is not { ValueKind: not JsonValueKind.Null } found) return null;
        if (found.ValueKind == kind) return found;
        Fail(name, $"is {Request.Kind(found)}; expected {expected}");
        return null;
    }

    private T Missing<T>(string name, T otherwise)
    {
        Fail(name, "is missing");
        return otherwise;
    }
}
