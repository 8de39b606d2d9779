using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Fixtures;

/// <summary>A part of the committed suite, read once: every eighth vector, and all of one rule.</summary>
internal static class SmallSuite
{
    /// <summary>The rule that has all its vectors here.</summary>
    public const string Rule = "alu/arsh32-x";

    private static readonly Lazy<Suite> Read = new(() =>
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors/vectors.json"));
        var vectors = VectorReader.Read(text).ShouldBeOfType<VectorText.Loaded>().Vectors;
        return new(Profile, 1, [.. vectors.Where((vector, index) => index % 8 == 0 || vector.Rule == Rule)], []);
    });

    public static Profile Profile => Profile.Rbpf;

    public static Suite Suite => Read.Value;
}
