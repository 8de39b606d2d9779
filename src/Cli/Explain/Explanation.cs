using System.Text.Json;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Cli.Explain;

/// <summary>What there is to say about encodings, for people and for programs.</summary>
public static class Explanation
{
    /// <summary>Prints it.</summary>
    public static void Print(Subject subject, Profile profile)
    {
        foreach (var line in subject.Slot) Report.Line(line);
        if (!subject.Slot.IsEmpty) Report.Line("");
        foreach (var operation in subject.Forms.Select(form => form.Operation).Distinct())
        {
            var forms = subject.Forms.Where(form => form.Operation == operation).ToList();
            Report.Heading($"{operation.Mnemonic}: {operation.Summary}");
            Report.Line($"source      {operation.Source}");
            Report.Table(
                ["rule", "opcode", .. Columns.Select(field => field.Name()), "group"],
                forms.Select(form => (string[])[form.Id, $"0x{form.Opcode:x2}", .. Columns.Select(field => Use(form, field)), form.Group.Name()]));
            foreach (var form in forms)
            {
                Report.Line("");
                Report.Heading($"{form.Id} under {profile.Name}");
                foreach (var line in RuleText.Of(form, profile)) Report.Line($"  {line}");
            }

            Report.Line("");
            var rules = forms.SelectMany(form => RuleText.Of(form, profile)).ToList();
            foreach (var trap in operation.Traps.Select(TrapTable.Of))
            {
                var codes = trap.Codes.IsEmpty ? "" : $" ({string.Join(", ", trap.Codes.AsSpan().ToArray())})";
                var never = rules.Any(line => line.StartsWith($"trap {trap.Trap} ", StringComparison.Ordinal)) ? "" : $" Never under {profile.Name}.";
                Report.Line($"trap        {trap.Trap}: {trap.Summary}{never}{codes}");
            }

            foreach (var point in Points(operation))
                Report.Line($"{point.Deviation.Number}        {point.Name}: {point.Setting(profile)}. {point.Deviation.Reason}");
            Report.Line("");
        }
    }

    /// <summary>Writes it as JSON.</summary>
    public static void Write(Utf8JsonWriter writer, Subject subject, Profile profile)
    {
        writer.WriteString("profile", profile.Name);
        if (!subject.Slot.IsEmpty) writer.WriteString("instruction", subject.Slot[0]);
        writer.WriteStartArray("forms");
        foreach (var form in subject.Forms)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", form.Id);
            writer.WriteString("mnemonic", form.Mnemonic);
            writer.WriteString("summary", form.Operation.Summary);
            writer.WriteString("source", form.Operation.Source.ToString());
            writer.WriteString("group", form.Group.Name());
            writer.WriteString("opcode", $"0x{form.Opcode:x2}");
            writer.WriteNumber("slots", form.Layout.Slots);
            writer.WriteStartObject("fields");
            foreach (var field in Columns) writer.WriteString(field.Name(), Use(form, field));
            writer.WriteEndObject();
            Array(writer, "pseudocode", RuleText.Of(form, profile));
            Array(writer, "traps", form.Operation.Traps.Select(trap => trap.ToString()));
            Array(writer, "deviations", Points(form.Operation).Select(point => point.Deviation.Number));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static Field[] Columns => [Field.Destination, Field.Source, Field.Offset, Field.Immediate, Field.NextImmediate];

    private static void Array(Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static string Use(Form form, Field field) => field is Field.NextImmediate && !form.Layout.IsWide
        ? "-"
        : form.Layout[field] switch
        {
            FieldUse.NamesRegister => "r0..r10",
            FieldUse.HoldsValue => "any",
            FieldUse.Selects(var value) => field is Field.Immediate && value > 64 ? $"0x{value:x}" : $"{value}",
            FieldUse.Reserved => "0",
        };

    // The decision points that the traps and the family of an operation are about.
    private static IEnumerable<DecisionPoint> Points(Operation operation) => DecisionPoint.All.Where(point => point.Concerns(operation));
}
