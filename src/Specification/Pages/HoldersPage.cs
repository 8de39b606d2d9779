using System.Text;
using RbpfSpec.Conformance;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Specification.Pages;

/// <summary>The page of the vectors and claims that hold the operations of a family: every one of them, rule by rule.</summary>
public static class HoldersPage
{
    /// <summary>The sentence on a rule without vectors.</summary>
    internal static string NoVector { get; } =
        $"No program that passes the preflight of `{Profile.Rbpf.Name}` has it: `preflight/platform` and `preflight/group` reject it.";

    /// <summary>The page of a family.</summary>
    /// <param name="family">The family.</param>
    /// <param name="vectors">The suite.</param>
    /// <param name="claims">The ids of all claims.</param>
    public static Page Create(InstructionFamily family, Sequence<Vector> vectors, Sequence<string> claims)
    {
        var title = $"{family.Title}: vectors and claims";
        var text = new StringBuilder();
        void Write(string line = "") => text.Append(line).Append('\n');

        text.Append(CommonText.Generated);
        Write($"# {title}");
        Write();
        Write($"[{family.Title}](../{family.Path}) says what the rules do. Here is what holds them: "
            + "every vector about them, with the outcome that it expects, and every claim that is proved.");
        Write();
        foreach (var form in OperationTable.All.Where(family.Has).SelectMany(operation => operation.Forms))
        {
            var own = OperationSection.VectorsOf(form, vectors).ToList();
            var about = OperationSection.ClaimsOf(form, claims).ToList();
            Write($"## {form.Id}");
            Write();
            Write(own.Count == 0 ? NoVector : $"{Counted.Of(own.Count, "vector")}:");
            Write();
            foreach (var vector in own) Write(Line(vector));
            if (own.Count > 0) Write();
            Write($"{Counted.Of(about.Count, "claim")}:");
            Write();
            foreach (var claim in about) Write($"- `{claim}`");
            Write();
        }

        return new(family.HoldersPath, title, text.ToString().TrimEnd('\n') + "\n", IsGenerated: true);
    }

    /// <summary>The address of a rule's part of its page, relative to <c>spec/</c>.</summary>
    internal static string AddressOf(Form form) => $"{InstructionFamily.Of(form.Operation).HoldersPath}#{OperationSection.Anchor(form.Id)}";

    /// <summary>The line of a vector: its name, why it exists, and the outcome that it expects.</summary>
    internal static string Line(Vector vector) =>
        $"- `{vector.Name}` {OperationSection.Sentence(vector)} {VectorRunner.Describe(vector.Expectation)}.";
}
