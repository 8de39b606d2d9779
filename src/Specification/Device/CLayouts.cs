using System.Globalization;
using System.Text;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Device;

/// <summary>The encodings as tables of C: what the preflight of the device reads, and what its machine dispatches by.</summary>
internal static class CLayouts
{
    /// <summary>
    /// The tables of the preflight: for each opcode its layout, for each layout how the fields are used, what selects encodings, which
    /// classes write the destination, and what may be last.
    /// </summary>
    public static string Preflight()
    {
        var layouts = new List<(string Name, string Text)>();
        var selections = new List<string>();
        var numbers = new string[256];
        Array.Fill(numbers, "0");
        foreach (var opcode in ByOpcode())
        {
            var text = Layout(opcode.ToList(), selections);
            var known = layouts.FindIndex(layout => layout.Text == text);
            if (known < 0)
            {
                known = layouts.Count;
                layouts.Add((opcode.First().Id, text));
            }

            numbers[opcode.Key] = $"RBPF_IF({GroupOf(opcode)}, {known + 1})";
        }

        if (layouts.Count > 15) throw new InvalidOperationException($"{layouts.Count} layouts, for which four bits are too few");
        var code = new StringBuilder(
            "/* How an encoding uses its fields. */\nstatic const uint16_t rbpf_layouts[] = {\n    0, /* no instruction */\n");
        foreach (var (name, text) in layouts) code.Append(CultureInfo.InvariantCulture, $"    {text}, /* as {name} */\n");
        code.Append("};\n\n/* For each opcode its layout, two a byte, the even one in the low bits. */\n"
            + "static const uint8_t rbpf_layout_of[128] = {\n");
        for (var opcode = 0; opcode < 256; opcode += 2)
        {
            var pair = $"RBPF_PAIR({numbers[opcode]}, {numbers[opcode + 1]})";
            code.Append(CultureInfo.InvariantCulture, $"    {(pair == "RBPF_PAIR(0, 0)" ? "0" : pair)}, /* 0x{opcode:x2} */\n");
        }

        code.Append("};\n\n/* Whether the fields that select among the encodings of an opcode select one; how is of the layout. */\n"
            + "static inline bool rbpf_selects(uint32_t how, uint32_t opcode, uint32_t src, uint32_t offset, uint32_t imm)\n"
            + "{\n");
        for (var i = 0; i < selections.Count; i++)
            code.Append(CultureInfo.InvariantCulture, $"    if (how == {i + 1}) return {selections[i]};\n");
        code.Append("    return true;\n}\n\n");
        code.Append(CFunction.Of("bool", "writes_dst", [("uint32_t", "class")], $"0x{Writing():x2} >> class & 1")).Append('\n');
        code.Append(CFunction.Varied(profile => CFunction.Of(
            "bool",
            "may_be_last",
            [("uint32_t", "opcode")],
            string.Join(" || ", CRules.Forms.Where(form => MayBeLast(form, profile)).Select(form => $"opcode == 0x{form.Opcode:x2}")))));
        return code.ToString();
    }

    /// <summary>The opcodes of arithmetic and jumps with their functions, as lists that a machine expands.</summary>
    public static string Lists()
    {
        var code = new StringBuilder();
        foreach (var opcode in ByOpcode().Where(opcode => opcode.Count() > 1 && opcode.First().Operation is AluOperation))
            code.Append(Selecting(opcode));
        foreach (var (name, of) in ((string, Func<Form, bool>)[])[
            ("ALU", form => form.Operation is AluOperation),
            ("JUMP", form => form.Operation is JumpOperation and not JumpOperation.Always),
            ("LOAD", form => form.Operation is MemoryOperation { Kind: Access.Read }),
            ("STORE", form => form.Operation is MemoryOperation { Kind: Access.Write })])
        {
            var groups = ByOpcode().Where(opcode => of(opcode.First())).GroupBy(GroupOf);
            foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                code.Append(CultureInfo.InvariantCulture, $"#if {group.Key}\n#define {group.Key}_{name}(K, X, KF, XF) \\\n");
                code.AppendJoin(" \\\n", group.Select(opcode => $"    {Item(opcode)}"));
                code.Append(CultureInfo.InvariantCulture, $"\n#else\n#define {group.Key}_{name}(K, X, KF, XF)\n#endif\n\n");
            }
        }

        return code.ToString();
    }

    /// <summary>The high four bits of the opcodes of arithmetic and of jumps, which tell operations apart.</summary>
    public static string Codes()
    {
        var codes = OperationTable.All.OfType<AluOperation>().Select(operation => (Name: NameOf(operation.Mnemonic), operation.Code))
            .Concat(OperationTable.All.OfType<JumpOperation>().Select(operation => (Name: NameOf(operation.Mnemonic), operation.Code)))
            .Concat(OperationTable.All.OfType<CallOperation>().SelectMany(operation => operation.Forms)
                .Select(form => (Name: NameOf(form.Mnemonic), Code: (byte)(form.Opcode >> 4))))
            .Where(code => char.IsLetter(code.Name[^1]))
            .Distinct();
        return $"/* The high four bits of the opcodes of arithmetic and jumps. */\nenum {{\n{string.Concat(codes.Select(code =>
            $"    RBPF_CODE_{code.Name} = 0x{code.Code:x},\n"))}}};\n";
    }

    private static string NameOf(string mnemonic) => mnemonic.ToUpperInvariant();

    private static IEnumerable<IGrouping<byte, Form>> ByOpcode() =>
        CRules.Forms.GroupBy(form => form.Opcode).OrderBy(group => group.Key);

    // Each group includes the encodings of the smaller ones, so the first one that has a form has the opcode.
    private static string GroupOf(IEnumerable<Form> opcode) =>
        $"RBPF_{opcode.Min(form => form.Group).Name().ToUpperInvariant()}";

    private static string Item(IGrouping<byte, Form> opcode)
    {
        var first = opcode.First();
        var isRegister = first.Operand is SourceOperand.Register;
        if (first.Operation is MemoryOperation)
            return $"{(isRegister ? "X" : "K")}(0x{opcode.Key:x2}, {CRules.NameOf(first)}, {first.Width.Bits})";
        var kind = $"{(isRegister ? "X" : "K")}{(opcode.Count() > 1 ? "F" : "")}";
        var name = opcode.Count() > 1 ? $"by_fields_{opcode.Key:x2}" : CRules.NameOf(first);
        return $"{kind}(0x{opcode.Key:x2}, {name})";
    }

    // The function of an opcode whose offset or immediate selects the operation; the last one needs no question.
    private static string Selecting(IGrouping<byte, Form> opcode)
    {
        var forms = opcode.ToList();
        var field = forms[0].Layout.Offset is FieldUse.Selects ? Field.Offset : Field.Immediate;
        return $"/* {string.Join(", ", forms.Select(form => form.Id))} */\n{OneOf("_trap", "enum rbpf_trap")}{OneOf("", "uint64_t")}\n";

        string OneOf(string suffix, string type)
        {
            var value = string.Concat(forms.SkipLast(1).Select(form =>
                $"{field.Name()} == {((FieldUse.Selects)form.Layout[field]).Value} ? rbpf_{CRules.NameOf(form)}{suffix}(dst, src)"
                + "\n        : "));
            return CFunction.Of(
                type,
                $"by_fields_{opcode.Key:x2}{suffix}",
                [("uint64_t", "dst"), ("uint64_t", "src"), ("uint32_t", "offset"), ("uint32_t", "imm")],
                $"{value}rbpf_{CRules.NameOf(forms[^1])}{suffix}(dst, src)");
        }
    }

    // As a set of bits: the classes whose encodings write the register that the destination names.
    private static int Writing()
    {
        var classes = 0;
        foreach (var form in CRules.Forms.Where(form => form.Layout.Destination is FieldUse.NamesRegister))
        {
            if (form.Writes is WrittenRegister.Destination) classes |= 1 << (int)form.Class;
            else if ((classes >> (int)form.Class & 1) != 0) throw new InvalidOperationException($"{form.Id} is unlike its class");
        }

        return classes;
    }

    private static bool MayBeLast(Form form, Profile profile) => profile.LastInstruction switch
    {
        LastInstruction.ExitOrJump => form.Operation is CallOperation.Exit or JumpOperation.Always,
        LastInstruction.Exit => form.Operation is CallOperation.Exit,
    };

    private static string Layout(List<Form> forms, List<string> selections)
    {
        var layout = forms[0].Layout;
        List<string> parts = [layout.Destination is FieldUse.NamesRegister ? "RBPF_DST" : "RBPF_NO_DST"];
        parts.Add(layout.Source switch
        {
            FieldUse.NamesRegister => "RBPF_SRC_UP_TO(10)",
            FieldUse.Selects => $"RBPF_SRC_UP_TO({forms.Max(form => ((FieldUse.Selects)form.Layout.Source).Value)})",
            FieldUse.Reserved or FieldUse.HoldsValue => "RBPF_NO_SRC",
        });
        if (layout.Offset is not FieldUse.Reserved) parts.Add("RBPF_OFFSET");
        if (layout.Immediate is not FieldUse.Reserved) parts.Add("RBPF_IMM");
        if (layout.IsWide) parts.Add("RBPF_WIDE");
        var selection = string.Join("\n        || ", forms.Select(Selection).Where(text => text != ""));
        if (selection == "") return string.Join(" | ", parts);
        if (forms[0].Operation is AtomicOperation) selection = $"RBPF_ATOMIC32 && ({selection})";

        // What is added for another opcode names that one, so the longer one serves both.
        var number = selections.FindIndex(other => IsPart(other, selection) || IsPart(selection, other));
        if (number < 0)
        {
            number = selections.Count;
            selections.Add(selection);
        }
        else if (selection.Length > selections[number].Length)
        {
            selections[number] = selection;
        }

        return string.Join(" | ", parts.Append($"RBPF_SELECTS({number + 1})"));

        static bool IsPart(string one, string other) =>
            one == other || other.StartsWith($"{one}\n        || (offset == 32", StringComparison.Ordinal);
    }

    // What selects one encoding of several; those of 64 bits are not in every machine.
    private static string Selection(Form form)
    {
        List<string> conditions = [];
        if (form.Layout.Offset is FieldUse.Selects(var offset)) conditions.Add($"offset == {offset}");
        if (form.Layout.Immediate is FieldUse.Selects(var imm)) conditions.Add($"imm == 0x{imm:x}");
        if (conditions.Count == 0) return "";
        if (form.Operation is AtomicOperation && form.Writes is WrittenRegister.Source) conditions.Add("src <= RBPF_MOST_WRITTEN");
        if (form.Operation is AluOperation.MoveSigned { From.Bits: 32 }) conditions.Add($"opcode == 0x{form.Opcode:x2}");
        if (form is { Operation: AluOperation, Group: ConformanceGroup.Base64, Layout.Immediate: FieldUse.Selects })
            conditions.Add("RBPF_BASE64");
        return conditions.Count > 1 ? $"({string.Join(" && ", conditions)})" : conditions[0];
    }
}
