using System.Globalization;

namespace RbpfSpec.Serving.Sensors;

/// <summary>The parts <c>key=value</c> of a sensor as it is written.</summary>
internal sealed class SensorParts
{
    private readonly string whole;
    private readonly Dictionary<string, string> values = [];
    private readonly HashSet<string> asked = [];
    private string? problem;

    /// <summary>The parts of a text.</summary>
    /// <param name="whole">The text, for messages.</param>
    /// <param name="fields">The parts.</param>
    public SensorParts(string whole, ReadOnlySpan<string> fields)
    {
        this.whole = whole;
        foreach (var field in fields)
        {
            var at = field.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) problem ??= $"'{whole}': '{field}' says nothing; expected key=value";
            else if (!values.TryAdd(field[..at], field[(at + 1)..])) problem ??= $"'{whole}': {field[..at]} comes twice";
        }
    }

    /// <summary>The first mistake, once all parts were asked for; null if there is none.</summary>
    public string? Problem => problem ?? (values.Keys.FirstOrDefault(key => !asked.Contains(key)) is { } key
        ? $"'{whole}': {key} says nothing here; expected {string.Join(", ", asked.Order(StringComparer.Ordinal))}"
        : null);

    /// <summary>Whether a part is given.</summary>
    public bool Has(string key)
    {
        asked.Add(key);
        return values.ContainsKey(key);
    }

    /// <summary>A part as it is.</summary>
    public string Text(string key, string otherwise) => Has(key) ? values[key] : otherwise;

    /// <summary>A part that is a whole number, in decimal or, after 0x, in hexadecimal.</summary>
    public long Whole(string key, long otherwise, long least, long most)
    {
        if (!Has(key)) return otherwise;
        var text = values[key];
        var isNumber = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        if (isNumber && number >= least && number <= most) return number;
        Fail(key, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));
        return otherwise;
    }

    /// <summary>A part that is a number, with a decimal point if need be.</summary>
    public double Real(string key, double otherwise, double least, double most)
    {
        if (!Has(key)) return otherwise;
        var text = values[key];
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        Fail(key, text, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return otherwise;
    }

    /// <summary>Notes a mistake of a part, if it is the first one.</summary>
    public void Fail(string key, string text, string expected) => problem ??= $"'{whole}': {key} '{text}'; expected {expected}";
}
