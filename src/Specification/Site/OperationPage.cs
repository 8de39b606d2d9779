using System.Globalization;
using System.Text;
using System.Text.Json;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Playground;
using RbpfSpec.Specification.Script;

namespace RbpfSpec.Specification.Site;

/// <summary>The page of an operation: what the book says of it, and one step of it to try.</summary>
internal static class OperationPage
{
    private const string Permissions = "<code>rw</code>, <code>r-</code>, <code>-w</code>, <code>--</code>";

    private const string GuardColumns = """<tr><th scope="col">trap</th><th scope="col">if</th><th scope="col">holds</th></tr>""";

    /// <summary>The scripts that such a page loads.</summary>
    public static string[] Scripts => ["semantics.js", "step.js"];

    /// <summary>The page's main part.</summary>
    public static string Html(Operation operation, Document section, Func<string, string?> resolve, IReadOnlyList<StepExample> examples)
    {
        // The heading and what follows it come first, and the step before the details: it is what people come for.
        var lead = section.Html(resolve, 0, 2);
        var rest = section.Html(resolve, 2);
        var forms = operation.Forms.Where(form => RuleScript.Exists(form, Profile.Rbpf)).ToSequence();
        var step = forms.IsEmpty
            ? $"<section class=\"absent\" aria-label=\"Step\"><p>The profile <code>{Profile.Rbpf.Name}</code>"
                + " does not have this operation: its machine refuses the program, so there is no step to try.</p></section>\n"
            : Step(operation, forms, examples);
        return lead + step + rest;
    }

    private static string Step(Operation operation, Sequence<Form> forms, IReadOnlyList<StepExample> examples)
    {
        var html = new StringBuilder();
        html.Append("""
            <section id="step" aria-labelledby="step-title">
            <h2 id="step-title">Try it</h2>
            <noscript><p>The step needs JavaScript.</p></noscript>
            <form id="step-form" autocomplete="off" hidden>

            """);
        if (examples.Count > 0)
        {
            html.Append("<fieldset class=\"examples\"><legend>Examples</legend>");
            for (var i = 0; i < examples.Count; i++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" "
                    + $"data-example=\"{i}\">{PageFrame.Text(examples[i].Label)}</button>\n");
            }

            html.Append("</fieldset>\n");
        }

        html.Append(
            "<fieldset><legend>Instruction</legend><div class=\"fields\">\n<p><label for=\"form\">Encoding</label><select id=\"form\">");
        foreach (var form in forms) html.Append(CultureInfo.InvariantCulture, $"<option>{form.Id}</option>");
        html.Append("</select></p>\n");
        html.Append(Input("assembly", "Assembly", ""));
        html.Append(Input("slot", "Slot, bytes in hexadecimal", ""));
        html.Append("</div><p id=\"instruction-problem\" class=\"problem\" role=\"alert\"></p></fieldset>\n");

        html.Append("<fieldset><legend>State</legend><div class=\"registers\">\n");
        for (var i = 0; i <= Register.Last; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p><label for=\"r{i}\">r{i}</label><input id=\"r{i}\" spellcheck=\"false\" "
                + $"autocapitalize=\"off\" value=\"0\"><output id=\"r{i}-after\" for=\"r{i}\"></output></p>\n");
        }

        html.Append(Field("pc", "pc", "0"));
        html.Append(Field("branches", "branches", "200"));
        if (operation is CallOperation) html.Append(Field("depth", "calls open", "0"));
        html.Append("</div>\n");
        var isMemory = operation is MemoryOperation or AtomicOperation;
        html.Append(CultureInfo.InvariantCulture, $"""
            <details{(isMemory ? " open" : "")}><summary>Memory</summary>
            <p><label for="memory">A region a line: address, permission ({Permissions}), length, and its first bytes in hexadecimal</label>
            <textarea id="memory" rows="3" spellcheck="false"></textarea></p></details>

            """);
        html.Append("<p id=\"state-problem\" class=\"problem\" role=\"alert\"></p></fieldset>\n</form>\n");
        html.Append(CultureInfo.InvariantCulture, $"""
            <div id="result" aria-live="polite" hidden>
            <p id="outcome"></p>
            <table id="guards"><caption>Guards, in order</caption><thead>{GuardColumns}</thead><tbody></tbody></table>
            <pre id="memory-after" hidden></pre>
            </div>
            <script type="application/json" id="step-data">
            """);
        html.Append(Data(forms, examples)).Append("</script>\n</section>\n");
        return html.ToString();
    }

    private static string Input(string id, string label, string value) =>
        $"<p><label for=\"{id}\">{label}</label><input id=\"{id}\" spellcheck=\"false\" autocapitalize=\"off\" value=\"{value}\"></p>\n";

    private static string Field(string id, string label, string value) =>
        $"<p><label for=\"{id}\">{label}</label><input id=\"{id}\" inputmode=\"numeric\" spellcheck=\"false\" value=\"{value}\">"
        + $"<output id=\"{id}-after\" for=\"{id}\"></output></p>\n";

    private static string Data(Sequence<Form> forms, IReadOnlyList<StepExample> examples)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("conditions");
            foreach (var form in forms)
            {
                writer.WriteStartObject(form.Id);
                foreach (var (trap, condition) in MachineScript.Conditions(form, Profile.Rbpf)) writer.WriteString(trap, condition);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteStartObject("traps");
            foreach (var trap in Enum.GetValues<Trap>()) writer.WriteString(trap.ToString(), TrapTable.Of(trap).Summary);
            writer.WriteEndObject();
            writer.WriteStartArray("examples");
            foreach (var example in examples) example.Write(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
