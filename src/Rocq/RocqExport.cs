using RbpfSpec.Conformance;
using RbpfSpec.Mutants;
using RbpfSpec.Rocq.Files;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Rocq;

/// <summary>The semantics as files of Rocq: words, state, decoder, every rule, theorems, and vectors to evaluate.</summary>
/// <remarks>
/// What is written by hand, in <c>Theory</c>, is what the semantics has as code outside of rules: the arithmetic of words, the walks over
/// regions and registers, the loop. Rules, encodings, layouts and checks are made by running those of the semantics over expressions.
/// </remarks>
public static class RocqExport
{
    // In the order in which they depend on each other.
    private static readonly Sequence<string> Definitions =
        ["Words.v", "Regions.v", "Profile.v", "State.v", "Rules.v", "Encodings.v", "Machine.v"];

    private static readonly Sequence<string> Theorems = ["Codec.v", "Effects.v", "Ranges.v", "Determinism.v", "Checking.v"];

    /// <summary>The files, by name.</summary>
    /// <param name="profile">The machine variant.</param>
    /// <param name="vectors">The vectors to evaluate; those that need functions of a host are left out.</param>
    /// <param name="planted">Mutants in the place of the rules of their encodings; none for the rules as they are.</param>
    public static IReadOnlyList<(string Name, string Text)> Files(
        Profile profile, IReadOnlyList<Vector> vectors, Sequence<RuleMutant> planted = default)
    {
        List<(string Name, string Text)> files = [.. Definitions.Concat(Theorems).Select(name => (name, name switch
        {
            "Profile.v" => ProfileFile.Of(profile),
            "Rules.v" => RulesFile.Of(profile, planted),
            "Encodings.v" => EncodingsFile.Of(profile),
            _ => Written(name),
        }))];
        files.AddRange(new VectorsFile(profile).Of(vectors));
        var project = string.Concat(files.Select(file => $"{file.Name}\n"));
        return [.. files, ("_CoqProject", $"-Q . Rbpf\n{project}"), ("Makefile", Written("Makefile"))];
    }

    /// <summary>How many of some vectors are evaluated.</summary>
    public static int Evaluated(IEnumerable<Vector> vectors) => vectors.Count(VectorsFile.IsMeant);

    private static string Written(string name)
    {
        using var stream = typeof(RocqExport).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no file '{name}' is embedded", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
