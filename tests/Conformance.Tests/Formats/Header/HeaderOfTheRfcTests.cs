using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Tests.Formats.Header;

/// <summary>The committed header of the profile <c>rfc9669</c>: a class of its own, as it is made while another makes the suite.</summary>
public sealed class HeaderOfTheRfcTests
{
    /// <summary>Where it is in the folder of the suite.</summary>
    internal const string Name = "c/rfc9669/rbpf_vectors.h";

    [Fact]
    [Trait("Needs", "time")]
    public void It_is_what_the_profile_yields()
    {
        var text = SuiteFiles.Of(SuiteGenerator.Generate(Profile.Rfc9669, 1), SuiteFormat.C).Single(file => file.Path == Name).Text;

        (File.ReadAllText(Path.Combine(Repository.Root, "spec/vectors", Name)) == text)
            .ShouldBeTrue("it differs: rbpf conformance generate --profile rfc9669 --format c --out spec/vectors");
    }
}
