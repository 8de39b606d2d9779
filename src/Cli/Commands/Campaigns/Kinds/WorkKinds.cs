using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Fuzzing;
using RbpfSpec.Proofs;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>The kinds of work that this program knows.</summary>
internal static class WorkKinds
{
    /// <summary>All of them.</summary>
    /// <param name="proving">The claims that there are, and the solvers.</param>
    /// <param name="contender">The machine that a choice of an option stands for.</param>
    public static IReadOnlyList<IWorkKind> All(ProveContext proving, Func<RunEngine, string, ComparedMachine> contender) =>
        [new ProveKind(proving), new FuzzKind(contender), new ScoreKind(), new ValidateKind()];
}
