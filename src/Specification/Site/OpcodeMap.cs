using System.Globalization;
using System.Text;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Site;

/// <summary>All 256 opcode bytes: the high half down, the low half, which has the class, across.</summary>
internal static class OpcodeMap
{
    /// <summary>The map with its legend.</summary>
    public static string Html
    {
        get
        {
            var html = new StringBuilder("<ul class=\"legend\" aria-label=\"Instruction classes\">");
            foreach (var @class in Enum.GetValues<InstructionClass>())
            {
                html.Append(CultureInfo.InvariantCulture, $"<li class=\"{Operations.StyleOf(@class)}\">"
                    + $"{@class.ToString().ToUpperInvariant()}</li>");
            }

            html.Append("</ul>\n<ul class=\"legend groups\" aria-label=\"Conformance groups\">");
            foreach (var group in Enum.GetValues<ConformanceGroup>())
                html.Append(CultureInfo.InvariantCulture, $"<li><b>{Operations.Short(group)}</b> {group.Name()}</li>");
            html.Append("</ul>\n<p class=\"hint\">The map is wider than this window: it scrolls sideways.</p>\n"
                + "<div class=\"wide\" role=\"region\" aria-label=\"Opcode map\" tabindex=\"0\"><table class=\"opcodes\">\n"
                + "<thead><tr><th scope=\"col\"><span class=\"hidden\">High half</span></th>");
            for (var low = 0; low < 16; low++) html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\">_{low:x}</th>");
            html.Append("</tr></thead>\n<tbody>\n");
            for (var high = 0; high < 16; high++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{high:x}_</th>");
                for (var low = 0; low < 16; low++) html.Append(Cell((byte)((high << 4) | low)));
                html.Append("</tr>\n");
            }

            return html.Append("</tbody></table></div>\n").ToString();
        }
    }

    // As assembly text has it, with the 32 of the 32-bit encodings; without what the fields select, such as the width of a byte swap.
    private static string Name(Operation operation, IEnumerable<Form> forms) =>
        forms.All(form => form.Mnemonic.EndsWith($"{operation.Mnemonic}32", StringComparison.Ordinal))
            ? $"{operation.Mnemonic}32"
            : operation.Mnemonic;

    private static string Cell(byte opcode)
    {
        var forms = OperationTable.WithOpcode(opcode);
        if (forms.IsEmpty) return "<td></td>";
        var groups = string.Join(' ', forms.Select(form => Operations.Short(form.Group)).Distinct());

        // The wide loads share an opcode and a name, and are told apart on the page of the first.
        var byOperation = forms.GroupBy(form =>
            form.Operation is WideLoad ? OperationTable.WithOpcode(opcode)[0].Operation : form.Operation);
        var links = byOperation.Select(same =>
        {
            var text = same.Key switch
            {
                _ when forms.Count == 1 => forms[0].Mnemonic,
                CallOperation { Callee: { Length: > 0 } callee } => callee,
                _ => Name(same.Key, same),
            };
            return $"<a href=\"{Operations.PathOf(same.Key)}\" title=\"{string.Join(", ", same)}\">{PageFrame.Text(text)}</a>";
        });
        return $"<td class=\"{Operations.StyleOf(forms[0].Class)}\" id=\"op-{opcode:x2}\">{string.Join(' ', links)}<small>{groups}</small>"
            + "</td>";
    }
}
