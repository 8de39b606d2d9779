using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Proofs;

namespace RbpfSpec.Cli.Commands.Campaigns.Kinds;

/// <summary>The kinds of work that this program knows.</summary>
internal static class WorkKinds
{
    /// <summary>All of them.</summary>
    /// <param name="proving">The claims that there are, and the solvers.</param>
    public static IReadOnlyList<IWorkKind> All(ProveContext proving) => [new ProveKind(proving)];
}
