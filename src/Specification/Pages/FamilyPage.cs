using System.Text;
using RbpfSpec.Conformance;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Specification.Pages;

/// <summary>The page of operations that belong together.</summary>
public static class FamilyPage
{
    /// <summary>The page of a family.</summary>
    public static Page Create(InstructionFamily family, Sequence<Vector> vectors, Sequence<string> claims)
    {
        var operations = OperationTable.All.Where(family.Has).ToList();
        var text = new StringBuilder();
        text.Append(CommonText.Generated).Append($"# {family.Title}\n\n{family.Lead}\n\n");
        foreach (var operation in operations)
        {
            text.Append(
                $"- [{OperationSection.Title(operation)}](#{OperationSection.Anchor(OperationSection.Title(operation))}): "
                + $"{operation.Summary}\n");
        }

        foreach (var operation in operations) text.Append('\n').Append(OperationSection.Of(operation, vectors, claims, "../"));
        return new(family.Path, family.Title, text.ToString().TrimEnd('\n') + "\n", IsGenerated: true);
    }
}
