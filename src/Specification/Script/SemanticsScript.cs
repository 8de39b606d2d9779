using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Script;

/// <summary>The machine of a profile as one script for browsers, compiled from the encodings and their rules.</summary>
/// <remarks>
/// What is written by hand, <c>runtime.js</c>, is what the semantics has as code outside of rules: the arithmetic of
/// words, the folds over regions and registers, the walk over a layout, and the loop. The script defines one global,
/// <c>rbpf</c>, and needs no module loader, so that a page can load it from the file system.
/// </remarks>
public static class SemanticsScript
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of the script.</summary>
    public static string Of(Profile profile)
    {
        var text = new StringBuilder("// Compiled from the rules of the semantics; what they share is written by hand and comes first.\n"
            + "\"use strict\";\nglobalThis.rbpf = (() => {\n");
        text.Append(Assets.Text("runtime.js"));
        text.Append(ScriptMemory.Granting);
        text.Append("const forms = [\n");
        foreach (var form in OperationTable.Forms) text.Append("  ").Append(Describe(form, profile)).Append(",\n");
        text.Append("];\nconst rules = {\n");
        foreach (var form in OperationTable.Forms.Where(form => RuleScript.Exists(form, profile)))
            text.Append("  \"").Append(form.Id).Append("\": ").Append(RuleScript.Of(form, profile)).Append(",\n");
        text.Append("};\nconst payment = ").Append(RuleScript.Payment(profile)).Append(";\n");
        text.Append("const profile = ").Append(Describe(profile)).Append(";\n");
        text.Append("return machine(forms, rules, payment, granting, profile);\n})();\n");
        return text.ToString();
    }

    private static string Describe(Form form, Profile profile) => Json(writer =>
    {
        writer.WriteString("id", form.Id);
        writer.WriteString("mnemonic", form.Mnemonic);
        writer.WriteString("text", Notation.Of(form));
        writer.WriteNumber("opcode", form.Opcode);
        writer.WriteNumber("slots", form.Layout.Slots);
        foreach (var field in Enum.GetValues<Field>())
        {
            switch (form.Layout[field])
            {
                case FieldUse.NamesRegister:
                    writer.WriteString(NameOf(field), "register");
                    break;
                case FieldUse.HoldsValue:
                    writer.WriteString(NameOf(field), "value");
                    break;
                case FieldUse.Selects(var value):
                    writer.WriteNumber(NameOf(field), value);
                    break;
                case FieldUse.Reserved:
                    break;
            }
        }

        if (profile.FramePointer is FramePointer.ReadOnly && form.Writes is WrittenRegister.Destination or WrittenRegister.Source)
            writer.WriteString("writes", form.Writes is WrittenRegister.Destination ? "dst" : "src");
        if (!profile.Has(form.Group)) writer.WriteString("lacks", $"group {form.Group.Name()}");
        else if (!profile.Grants(form.Needs)) writer.WriteString("lacks", string.Join(", ", form.Needs));
    });

    private static string Describe(Profile profile) => Json(writer =>
    {
        writer.WriteString("name", profile.Name);
        writer.WriteNumber("frameBytes", profile.FrameBytes);
        writer.WriteNumber("stack", AddressSpace.Stack);
        writer.WriteNumber("context", AddressSpace.Context);
        if (profile.BranchLimit is Allowance<ulong>.Remaining(var branches)) writer.WriteNumber("branches", branches);
        if (profile.InstructionLimit is Allowance<ulong>.Remaining(var instructions)) writer.WriteNumber("instructions", instructions);
    });

    private static string NameOf(Field field) => field switch
    {
        Field.Destination => "dst",
        Field.Source => "src",
        Field.Offset => "offset",
        Field.Immediate => "imm",
        Field.NextImmediate => "next",
    };

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
