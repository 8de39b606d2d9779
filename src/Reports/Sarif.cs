namespace RbpfSpec.Reports;

/// <summary>A line of a file that a result is about.</summary>
/// <param name="File">The file, as a path.</param>
/// <param name="Line">The line, from 1; 1 of a file without lines.</param>
/// <param name="Column">The column, from 1; 0 if it is not known.</param>
public sealed record SarifPlace(string File, int Line, int Column);

/// <summary>A result of a tool that looks at programs.</summary>
/// <param name="Rule">The id of the rule that is broken.</param>
/// <param name="Sentence">The rule in a sentence.</param>
/// <param name="IsError">Whether it is known to be wrong; else it may be.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Place">Where.</param>
/// <param name="Within">The place within the file, such as <c>slot 5</c>.</param>
public sealed record SarifResult(string Rule, string Sentence, bool IsError, string Message, SarifPlace Place, string Within);

/// <summary>Results in SARIF 2.1.0, as services that host sources show them beside the lines.</summary>
/// <param name="tool">The name of the tool.</param>
/// <param name="results">The results.</param>
public sealed class Sarif(string tool, Sequence<SarifResult> results)
{
    /// <summary>The text.</summary>
    public override string ToString() => JsonText.Object(writer =>
    {
        var rules = results.Select(static result => (result.Rule, result.Sentence)).DistinctBy(static rule => rule.Rule).ToList();
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", tool);
        writer.WriteStartArray("rules");
        foreach (var (id, sentence) in rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteStartObject("shortDescription");
            writer.WriteString("text", sentence);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("results");
        foreach (var result in results)
        {
            writer.WriteStartObject();
            writer.WriteString("ruleId", result.Rule);
            writer.WriteNumber("ruleIndex", rules.FindIndex(rule => rule.Rule == result.Rule));
            writer.WriteString("level", result.IsError ? "error" : "warning");
            writer.WriteStartObject("message");
            writer.WriteString("text", result.Message);
            writer.WriteEndObject();
            writer.WriteStartArray("locations");
            writer.WriteStartObject();
            writer.WriteStartObject("physicalLocation");
            writer.WriteStartObject("artifactLocation");
            writer.WriteString("uri", UriOf(result.Place.File));
            writer.WriteEndObject();
            writer.WriteStartObject("region");
            writer.WriteNumber("startLine", result.Place.Line);
            if (result.Place.Column > 0) writer.WriteNumber("startColumn", result.Place.Column);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartArray("logicalLocations");
            writer.WriteStartObject();
            writer.WriteString("fullyQualifiedName", result.Within);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
    }, indented: true) + "\n";

    // Relative to where the tool ran, which is the checkout; what is elsewhere stays absolute.
    // A URI made of a path would lose line feeds and tabs.
    private static string UriOf(string file)
    {
        var path = file.Replace('\\', '/');
        var relative = Path.IsPathRooted(file) ? Path.GetRelativePath(Environment.CurrentDirectory, file).Replace('\\', '/') : path;
        return Path.IsPathRooted(file) && (relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative))
            ? OperatingSystem.IsWindows() ? new Uri(file).AbsoluteUri
                : $"file://{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}"
            : string.Join('/', relative.Split('/').Where(static part => part != ".").Select(Uri.EscapeDataString));
    }
}
