using System.Globalization;
using System.Text;
using RbpfSpec.Rocq.Terms;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;
using Decoder = RbpfSpec.Semantics.Encoding.Decoder;

namespace RbpfSpec.Rocq.Files;

/// <summary><c>Encodings.v</c>: all encodings, how each uses the fields of its slots, its checks, and what it is said to change.</summary>
/// <param name="profile">The machine variant.</param>
internal sealed class EncodingsFile(Profile profile)
{
    private readonly StringBuilder text = new(Generated.Head(
        "The encodings: their layouts, their checks, and what each is said to change.", "Words Regions Profile State Rules"));

    /// <summary>The text.</summary>
    public static string Of(Profile profile) => new EncodingsFile(profile).Text();

    private string Text()
    {
        text.Append("(** Every encoding, by its rule id. *)\nInductive form :=\n");
        foreach (var form in OperationTable.Forms) text.Append(CultureInfo.InvariantCulture, $"| {RuleText.NameOf(form)}\n");
        text.Append(".\n\n(** All of them, in the order of RFC 9669. *)\nDefinition forms : list form :=\n  [");
        text.AppendJoin(";\n   ", OperationTable.Forms.Select(RuleText.NameOf)).Append("].\n\n");
        AppendSlots();
        By("rule", "The rule.", "host -> fields -> state -> outcome", form => $"rule_{RuleText.NameOf(form)}");
        By("is_wide", "Whether there is a second slot.", "bool", form => form.Layout.IsWide ? "true" : "false");
        text.Append("(** Whether an opcode is one of instructions of two slots. *)\nDefinition is_wide_opcode (opcode : Z) : bool := ");
        text.AppendJoin(" || ", OperationTable.Forms.Where(form => form.Layout.IsWide).Select(form => form.Opcode).Distinct()
            .Select(opcode => $"(opcode =? 0x{opcode:x2})")).Append(".\n\n");
        Of("selects", "Whether a slot has the opcode, and the fields that select the encoding.", "(x : slot) : bool", form =>
            RocqText.Of(Decoder.Matches(form, SlotCalled("x")).Term));
        Of("fields_of", "The fields that the encoding holds, of its slots; all others are zero.", "(x next : slot) : fields", form =>
            $"Fields {string.Join(' ', Enum.GetValues<Field>().Select(field => Held(form, field)))}");
        Of("first_slot", "The slot of an instruction.", "(f : fields) : slot", form =>
            $"Slot 0x{form.Opcode:x2} {string.Join(' ', Decoder.InSlot.Select(field => Written(form, field)))}");
        Of("second_slot", "The second slot of an instruction, where there is one.", "(f : fields) : slot", form =>
            $"Slot 0 0 0 0 {Written(form, Field.NextImmediate)}");
        Of("malformed", "Whether slots with the encoding's opcode and selecting fields are no instruction of the profile.",
            "(x : site) : bool", form => Broken(form, check => check.Scope is CheckScope.Encoding or CheckScope.Admission));
        Of("misplaced", "Whether the preflight refuses an instruction where it is in its program.",
            "(x : site) : bool", form => Broken(form, check => check.Scope is CheckScope.Capability or CheckScope.Flow));
        Of("written", "The registers that the instruction's own fields, or its operation, are said to write.",
            "(f : fields) : list Z", form => form.Writes switch
            {
                WrittenRegister.None => "[]",
                WrittenRegister.Destination => "[dst f]",
                WrittenRegister.Source => "[src f]",
                WrittenRegister.R0 => "[0]",
            });
        Of("accessed", "The access to memory that the operation is said to make: its kind, its address, its number of bytes.",
            "(h : host) (f : fields) (s : state) : option (access * Z * Z)", Accessed);
        Of("changes_flow", "Whether it is a jump or a local call: only those count as branches.",
            "", form => form.Displacement.IsEmpty ? "false" : "true", "bool");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static Slot<RocqWord> SlotCalled(string name) => new(
        RocqWord.Named($"s_opcode {name}", Width.Bits8),
        RocqWord.Named($"s_dst {name}", Width.Bits4),
        RocqWord.Named($"s_src {name}", Width.Bits4),
        RocqWord.Named($"s_offset {name}", Width.Bits16),
        RocqWord.Named($"s_imm {name}", Width.Bits32));

    private static string NameOf(Field field) => field switch
    {
        Field.Destination => "dst",
        Field.Source => "src",
        Field.Offset => "offset",
        Field.Immediate or Field.NextImmediate => "imm",
    };

    private static string Held(Form form, Field field) => form.Layout[field] switch
    {
        FieldUse.NamesRegister or FieldUse.HoldsValue => $"(s_{NameOf(field)} {(field is Field.NextImmediate ? "next" : "x")})",
        FieldUse.Selects or FieldUse.Reserved => "0",
    };

    private static string Written(Form form, Field field) => form.Layout[field] switch
    {
        FieldUse.NamesRegister or FieldUse.HoldsValue => $"({(field is Field.NextImmediate ? "next_imm" : NameOf(field))} f)",
        FieldUse.Selects(var value) => RocqText.Of(value),
        FieldUse.Reserved => "0",
    };

    private static string Accessed(Form form)
    {
        var execution = new Execution<RocqWord>(
            form,
            RuleText.FieldsOf(form),
            RuleText.Before(0, new Allowance<RocqWord>.Unlimited(), new Allowance<RocqWord>.Unlimited()),
            Profile.Rbpf);
        return form.Operation.AccessOf(execution) is { } access
            ? $"Some ({access.Kind}, {RocqText.Of(access.Address.Term)}, {RocqText.Of(access.Count.Term)})"
            : "None";
    }

    // What selects the encoding holds its value there, so that the checks say only what is left of them.
    private string Broken(Form form, Func<Check, bool> isAsked)
    {
        var slot = SlotCalled("(s_slot x)");
        var first = new Slot<RocqWord>(
            RocqWord.Constant(form.Opcode, Width.Bits8),
            Selected(form, Field.Destination, slot),
            Selected(form, Field.Source, slot),
            Selected(form, Field.Offset, slot),
            Selected(form, Field.Immediate, slot));
        var site = new Site<RocqWord>(
            first,
            SlotCalled("(s_next x)"),
            RocqWord.NamedTruth("s_has_next x"),
            RocqWord.Named("s_index x", Width.Bits64),
            RocqWord.Named("s_count x", Width.Bits64),
            index => RocqWord.TruthOf(new RocqTerm.Apply("s_starts x {0}", [index.Term])),
            [form],
            Admission.Of(profile, []));
        var broken = Truth<RocqWord>.Of(false);
        foreach (var check in Preflight.Checks.Where(isAsked))
        {
            // Which functions are granted is the host's to say, and not known here.
            var breaks = check is FunctionIsGranted && !check.Violated(site).Equals(Truth<RocqWord>.Of(false))
                ? !RocqWord.TruthOf(new RocqTerm.Apply("s_granted x {0}", [slot.Immediate.Term]))
                : check.Violated(site);
            broken |= breaks;
        }

        return RocqText.Of(broken.Term);
    }

    private static RocqWord Selected(Form form, Field field, Slot<RocqWord> slot) =>
        form.Layout[field] is FieldUse.Selects(var value) ? RocqWord.Constant(value, field.Width()) : slot[field];

    private void AppendSlots()
    {
        var slot = Slot<RocqWord>.Of(RocqWord.Named("bits", Width.Bits64));
        text.Append("(** The fields of a slot. *)\n"
            + "Record slot := Slot { s_opcode : Z; s_dst : Z; s_src : Z; s_offset : Z; s_imm : Z }.\n\n"
            + "Definition slot_of (bits : Z) : slot :=\n  Slot ");
        text.AppendJoin(' ', ((ReadOnlySpan<RocqWord>)[slot.Opcode, slot.Destination, slot.Source, slot.Offset, slot.Immediate])
            .ToArray().Select(word => $"({RocqText.Of(word.Term)})"));
        text.Append(".\n\nDefinition bits_of (x : slot) : Z :=\n  ").Append(RocqText.Of(SlotCalled("x").Bits.Term)).Append(".\n\n");
        text.Append("(** A place in a program where an instruction starts: its slot and the next one, if there is one, its index, the\n"
            + "    number of slots, where instructions start, and which functions of the host may be called. *)\n"
            + "Record site := Site\n  { s_slot : slot; s_next : slot; s_has_next : bool; s_index : Z; s_count : Z;\n"
            + "    s_starts : Z -> bool; s_granted : Z -> bool }.\n\n");
    }

    private void By(string name, string summary, string type, Func<Form, string> value) => Of(name, summary, "", value, type);

    private void Of(string name, string summary, string parameters, Func<Form, string> value, string? type = null)
    {
        var declared = type is null ? $" {parameters}" : $" : {type}";
        text.Append(CultureInfo.InvariantCulture, $"(** {summary} *)\nDefinition {name} (e : form){declared} :=\n  match e with\n");
        foreach (var form in OperationTable.Forms)
            text.Append(CultureInfo.InvariantCulture, $"  | {RuleText.NameOf(form)} => {value(form)}\n");
        text.Append("  end.\n\n");
    }
}
