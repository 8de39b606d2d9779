using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Containers;

/// <summary>The conditions under which an application runs.</summary>
/// <param name="Profile">The machine variant.</param>
/// <param name="Budget">How long a run may last.</param>
/// <param name="Grants">The ids of the helpers granted; any other is not there for it.</param>
public sealed record Manifest(Profile Profile, BudgetClass Budget, Sequence<uint> Grants)
{
    /// <summary>The normative profile, a snippet's budget, no helpers.</summary>
    public static Manifest Least { get; } = new(Profile.Rbpf, BudgetClass.Snippet, []);
}
