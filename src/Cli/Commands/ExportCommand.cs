using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Reports;
using RbpfSpec.Rocq;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf export</c>: the semantics in the language of another prover.</summary>
public static class ExportCommand
{
    private const string Example = "./rbpf export rocq --out /tmp/rbpf-rocq";

    /// <summary>The command.</summary>
    public static Command Create() =>
        new ExampleCommand("export", "Writes the semantics in the language of another prover.", Example) { Rocq() };

    private static ExampleCommand Rocq()
    {
        var output = new RequiredTextOption("--out", "dir", "The folder to write to.");
        var profile = new ProfileOption(Profile.Rbpf);
        var vectors = new TextsOption(
            "--vectors",
            "path",
            "A suite to evaluate, of this profile; spec/vectors otherwise, whose profile is rbpf. May be given again.");
        var isCore = new SwitchOption("--core", "Evaluates the vectors of the core alone.");
        var command = new ExampleCommand(
            "rocq",
            "Writes words, state, decoder and every rule as definitions of Rocq, with theorems about them, and vectors to evaluate; "
            + "'make' in that folder compiles them with coq 8.16.",
            Example,
            $"{Example} --core")
        {
            output, profile, vectors, isCore,
        };
        command.SetAction(parsed => Write(
            parsed.GetRequiredValue(output), profile.Of(parsed), parsed.GetValue(vectors) ?? [], parsed.GetValue(isCore)));
        return command;
    }

    private static int Write(string folder, Profile profile, string[] paths, bool isCore)
    {
        OutputFiles.PrepareFolder(folder);
        var vectors = Read(paths, profile);
        if (isCore) vectors = VectorInput.CoreOf(vectors);
        List<(string Name, byte[] Bytes)> files = [.. RocqExport.Files(profile, vectors)
            .Select(file => (Path.Combine(folder, file.Name), Encoding.UTF8.GetBytes(file.Text)))];
        Files.Write(files);
        Report.Good($"{files.Count} files, with {Counted.Of(RocqExport.Evaluated(vectors), "vector")}, under {profile.Name}: {folder}");
        return CommandLine.Holds;
    }

    // The suite of the project says what the machine does under one profile.
    private static IReadOnlyList<Vector> Read(string[] paths, Profile profile) => paths.Length > 0
        ? VectorInput.Read(paths, profile)
        : profile == Profile.Rbpf
            ? VectorInput.Read([BookInput.Suite], profile)
            : throw new UsageException(
                $"the vectors of spec/vectors are of the profile {Profile.Rbpf.Name}; expected --vectors with a suite that "
                + $"'conformance generate --profile {profile.Name}' has written");
}
