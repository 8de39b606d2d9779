using System.CommandLine;
using System.Diagnostics;
using System.Text;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance.Formats;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance generate</c>: a suite of vectors from the semantics, as files.</summary>
public static class GenerateVectors
{
    /// <summary>The seed of the suite in <c>spec/vectors</c>.</summary>
    public const int UsualSeed = 1;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var output = new RequiredTextOption("--out", "dir", "The folder to write to.");
        var profile = new ProfileOption(Profile.Rbpf);
        var groups = new Option<string[]>("--groups")
        {
            Description =
                "The conformance groups that the machine has, separated by commas; each brings the 32-bit group that it includes. "
                + "All of the profile otherwise.",
            HelpName = "names",
            AllowMultipleArgumentsPerToken = true,
        };
        var format = new ChoiceOption<SuiteFormat>("--format", "One format; all three otherwise.");
        var seed = new CountOption("--seed", "number", $"What further operands come from; {UsualSeed} otherwise.");
        var command = new ExampleCommand(
            "generate",
            "Writes a suite of vectors, made from the semantics: for every rule its traps, edges, and an input for each mutant of it.",
            "./rbpf conformance generate --groups base32 --format json --out /tmp/vectors")
        {
            output, profile, groups, format, seed,
        };
        command.SetAction(parsed => Generate(
            parsed.GetRequiredValue(output),
            Restricted(profile.Of(parsed), parsed.GetValue(groups) ?? []),
            parsed.GetValue(format),
            parsed.GetValue(seed) ?? UsualSeed));
        return command;
    }

    private static int Generate(string folder, Profile profile, SuiteFormat? format, ulong seed)
    {
        if (seed > int.MaxValue) throw new UsageException($"--seed {seed} is too large; expected 0 to {int.MaxValue}");
        OutputFiles.PrepareFolder(folder);
        var watch = Stopwatch.StartNew();
        var suite = SuiteGenerator.Generate(profile, (int)seed);
        List<(string Name, byte[] Bytes)> files = [.. Enum.GetValues<SuiteFormat>()
            .Where(each => format is null || each == format)
            .SelectMany(each => SuiteFiles.Of(suite, each))
            .Select(file => (Path.Combine(folder, file.Path), Encoding.UTF8.GetBytes(file.Text)))];
        Alone(files);
        foreach (var parent in files.Select(file => Path.GetDirectoryName(file.Name) ?? folder).Distinct()) Make(parent);
        Files.Write(files);
        Report.Good($"{suite.Vectors.Count} vectors of {suite.Vectors.Select(vector => vector.Rule).Distinct().Count()} rules and checks "
            + $"under {profile.Name}, seed {seed}, in {watch.Elapsed.TotalSeconds:0.0} s: {folder}");
        return CommandLine.Holds;
    }

    // A test of another suite beside these would be taken for one of them, and who wrote it we do not know.
    private static void Alone(List<(string Name, byte[] Bytes)> files)
    {
        const string kind = VectorFiles.DataExtension;
        var folders = files.Where(static file => Path.GetExtension(file.Name) == kind)
            .Select(static file => Path.GetDirectoryName(file.Name)!).Distinct();
        foreach (var folder in folders) OutputFiles.Alone(folder, files.Select(static file => file.Name), kind, "this suite");
    }

    private static void Make(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the folder '{folder}' cannot be made: {exception.Message}", exception);
        }
    }

    private static Profile Restricted(Profile profile, string[] names)
    {
        if (names.Length == 0) return profile;
        HashSet<ConformanceGroup> groups = [ConformanceGroup.Base32];
        foreach (var name in names.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            var known = profile.Groups.Where(group => group.Name() == name).ToList();
            if (known.Count == 0)
            {
                string[] all = [.. profile.Groups.Select(group => group.Name())];
                throw new UsageException($"the profile {profile.Name} has no group '{name}'; {Suggestions.Instead(name, all)}");
            }

            groups.UnionWith([.. known, .. known[0].Included()]);
        }

        return profile with { Groups = [.. profile.Groups.Where(groups.Contains)] };
    }
}
