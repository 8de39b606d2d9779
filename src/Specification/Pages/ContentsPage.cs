using System.Text;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Pages;

/// <summary>The first page: what there is, and the opcodes.</summary>
public static class ContentsPage
{
    /// <summary>Its file under <c>spec/</c>.</summary>
    public const string Path = "README.md";

    private const string Title = "The rBPF machine";

    /// <summary>The page.</summary>
    /// <param name="pages">All other pages, in reading order.</param>
    public static Page Create(Sequence<Page> pages)
    {
        var text = new StringBuilder();
        text.Append(CommonText.Generated).Append($"# {Title}\n\n");
        text.Append("The specification of rBPF, eBPF for microcontrollers. Every requirement is held by vectors or proofs; "
            + "every page of an operation is printed from the rule that runs and is proved.\n\n");
        text.Append("## Contents\n\n");
        foreach (var page in pages)
        {
            if (page.Path == InstructionFamily.All[0].Path)
            {
                text.Append("- Instructions\n");
                foreach (var family in InstructionFamily.All)
                    text.Append($"  - [{family.Title}]({family.Path}); [vectors and claims]({family.HoldersPath})\n");
            }

            if (!page.Path.Contains('/', StringComparison.Ordinal)) text.Append($"- [{page.Title}]({page.Path})\n");
        }

        text.Append("\nFor tools: [opcodes.tsv](opcodes.tsv), a row for each encoding; "
            + "[isa.json](isa.json), everything on these pages that is a fact, with its [schema](isa.schema.json); ");
        text.Append("[vectors](vectors/README.md), the conformance suite; [reference](reference/README.md), what others wrote, "
            + "transcribed by hand to be compared with; ");
        text.Append("[decisions](decisions/), why the project is as it is.\n\n");
        text.Append("## Opcodes\n\n");
        text.Append("| opcode | rules |\n|---|---|\n");
        foreach (var group in OperationTable.Forms.GroupBy(form => form.Opcode).OrderBy(group => group.Key))
            text.Append($"| 0x{group.Key:x2} | {string.Join(", ", group.Select(Link))} |\n");
        return new(Path, Title, text.ToString(), IsGenerated: true);
    }

    private static string Link(Form form) =>
        $"[{form.Id}]({InstructionFamily.Of(form.Operation).Path}#{OperationSection.Anchor(OperationSection.Title(form.Operation))})";
}
