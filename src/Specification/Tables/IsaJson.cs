using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Deviations;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Specification.Pages;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Specification.Tables;

/// <summary>The facts of the specification for programs: encodings with their rules, traps, checks, deviations, requirements.</summary>
public static class IsaJson
{
    /// <summary>Its file under <c>spec/</c>.</summary>
    public const string Path = "isa.json";

    /// <summary>The file of its schema.</summary>
    public const string SchemaPath = "isa.schema.json";

    /// <summary>The version of the format.</summary>
    public const int Version = 1;

    /// <summary>The schema, JSON Schema 2020-12.</summary>
    public static string Schema()
    {
        using var stream = typeof(IsaJson).Assembly.GetManifestResourceStream(SchemaPath)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The text.</summary>
    public static string Create(Book book)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NewLine = "\n",
        };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Version);
            Array(writer, "encodings", OperationTable.Forms, form => Write(writer, form, book));
            Array(writer, "traps", Enum.GetValues<Trap>().Select(TrapTable.Of), trap =>
            {
                writer.WriteString("trap", trap.Trap.ToString());
                writer.WriteString("summary", trap.Summary);
                writer.WriteStrings("codes", trap.Codes);
            });
            Array(writer, "checks", Preflight.Checks, check =>
            {
                writer.WriteString("check", check.Id);
                writer.WriteString("scope", check.Scope.ToString().ToLowerInvariant());
                writer.WriteString("clause", check.Clause.ToString());
            });
            Array(writer, "deviations", DecisionPoint.All, point =>
            {
                writer.WriteString("number", point.Deviation.Number);
                writer.WriteString("point", point.Name);
                writer.WriteString("question", point.Question);
                writer.WriteString("kind", point.Deviation.Kind.ToString().ToLowerInvariant());
                writer.WriteString("clause", point.Clause.ToString());
                writer.WriteString("reason", point.Deviation.Reason);
                writer.WriteStartObject("settings");
                foreach (var profile in Profile.All) writer.WriteString(profile.Name, point.Setting(profile));
                writer.WriteEndObject();
            });
            var requirements = book.Chapters.SelectMany(chapter => chapter.Requirements.Select(requirement => (chapter, requirement)));
            Array(writer, "requirements", requirements, pair =>
            {
                writer.WriteString("rule", pair.requirement.Id);
                writer.WriteString("page", pair.chapter.Page.Path);
                writer.WriteString("text", pair.requirement.Text.ReplaceLineEndings(" "));
                writer.WriteStrings("vectors", pair.requirement.Vectors.Select(selector => selector.ToString()));
                writer.WriteStrings("obligations", pair.requirement.Claims);
                if (!pair.requirement.Tests.IsEmpty) writer.WriteStrings("tests", pair.requirement.Tests);
            });
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <summary>Writes the facts about one encoding into an object that was begun.</summary>
    public static void Write(Utf8JsonWriter writer, Form form, Book book)
    {
        writer.WriteString("rule", form.Id);
        writer.WriteString("mnemonic", form.Mnemonic);
        writer.WriteString("operation", OperationSection.Title(form.Operation));
        writer.WriteString("summary", form.Operation.Summary);
        writer.WriteString(
            "page", $"{InstructionFamily.Of(form.Operation).Path}#{OperationSection.Anchor(OperationSection.Title(form.Operation))}");
        writer.WriteString("source", form.Operation.Source.ToString());
        writer.WriteString("opcode", $"0x{form.Opcode:x2}");
        writer.WriteString("class", form.Class.ToString().ToUpperInvariant());
        writer.WriteString("group", form.Group.Name());
        writer.WriteNumber("width", form.Width.Bits);
        writer.WriteNumber("slots", form.Layout.Slots);
        writer.WriteString("operand", form.Operand switch
        {
            SourceOperand.Immediate => "imm",
            SourceOperand.Register => "src",
            SourceOperand.None => "none",
        });
        writer.WriteString("writes", form.Writes switch
        {
            WrittenRegister.None => "none",
            WrittenRegister.Destination => "dst",
            WrittenRegister.Source => "src",
            WrittenRegister.R0 => "r0",
        });
        writer.WriteStartObject("fields");
        foreach (var field in FieldText.All)
        {
            if (field is Field.NextImmediate && !form.Layout.IsWide) continue;
            writer.WriteString(field.Name(), FieldText.Of(form, field));
        }

        writer.WriteEndObject();
        writer.WriteStrings("needs", form.Needs.Select(need => need.ToString()));
        writer.WriteStrings("traps", form.Operation.Traps.Select(trap => trap.ToString()));
        writer.WriteStrings(
            "deviations", DecisionPoint.All.Where(point => point.Concerns(form.Operation)).Select(point => point.Deviation.Number));
        writer.WriteStartObject("pseudocode");
        foreach (var profile in Profile.All) writer.WriteStrings(profile.Name, RuleText.Of(form, profile));
        writer.WriteEndObject();
        writer.WriteStrings("vectors", OperationSection.VectorsOf(form, book.Vectors).Select(vector => vector.Name));
        writer.WriteStrings("obligations", OperationSection.ClaimsOf(form, book.Claims));
    }

    private static void Array<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
