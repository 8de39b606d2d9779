using System.Text;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Specification.Rules;

namespace RbpfSpec.Specification.Tables;

/// <summary>The encodings as a table for tools: one row each, in the order of the opcode byte.</summary>
public static class OpcodeTable
{
    /// <summary>Its file under <c>spec/</c>.</summary>
    public const string Path = "opcodes.tsv";

    /// <summary>The text: a heading, then the rows; cells are separated by tabs.</summary>
    public static string Create()
    {
        var text = new StringBuilder();
        text.AppendJoin(
            '\t', ["opcode", "dst_reg", "src_reg", "offset", "imm", "next_imm", "rule", "mnemonic", "class", "width", "group", "clause"])
            .Append('\n');
        foreach (var form in OperationTable.Forms.OrderBy(form => form.Opcode).ThenBy(form => form.Id, StringComparer.Ordinal))
        {
            text.AppendJoin('\t', [
                $"0x{form.Opcode:x2}",
                .. FieldText.All.Select(field => FieldText.Of(form, field)),
                form.Id,
                form.Mnemonic,
                form.Class.ToString().ToUpperInvariant(),
                $"{form.Width.Bits}",
                form.Group.Name(),
                form.Operation.Source.ToString(),
            ]).Append('\n');
        }

        return text.ToString();
    }
}
