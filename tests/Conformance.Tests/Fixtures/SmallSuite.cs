using RbpfSpec.Conformance.Generation;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Fixtures;

/// <summary>The suite of the smallest machine there is, made once.</summary>
internal static class SmallSuite
{
    private static readonly Lazy<Suite> Made = new(() => SuiteGenerator.Generate(Profile, 1));

    public static Profile Profile => Profile.Rbpf with { Groups = [ConformanceGroup.Base32] };

    public static Suite Suite => Made.Value;
}
