using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Operations;

namespace RbpfSpec.Cli.Vectors;

/// <summary>The subjects of vectors, by which reports sort them.</summary>
internal static class Subjects
{
    private static readonly Dictionary<string, string> Groups =
        OperationTable.Forms.ToDictionary(form => form.Id, form => form.Group.Name());

    /// <summary>The conformance group of the rule that a vector is about; of other vectors the word before the slash.</summary>
    public static string Group(TestResult result) => Groups.TryGetValue(result.Vector.Rule, out var group)
        ? group
        : result.Vector.Rule == "" ? "other" : result.Vector.Rule.Split('/')[0];

    /// <summary>The outcome that a vector expects.</summary>
    public static string Outcome(TestResult result) => result.Vector.Expectation switch
    {
        Expectation.Returns => "a result",
        Expectation.Traps(var trap, _) => $"trap {trap}",
        Expectation.Refuses => "a rejection",
    };
}
