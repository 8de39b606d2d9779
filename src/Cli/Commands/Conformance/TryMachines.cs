using System.CommandLine;
using System.Text;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Vectors;
using RbpfSpec.Conformance;
using RbpfSpec.Conformance.Generation;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Interp;
using RbpfSpec.RealMachines;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance machines</c>: the suite on every machine that can be had here, as a page.</summary>
public static class TryMachines
{
    private const string Again = "./rbpf conformance machines --out FILE";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var output = new TextOption("--out", "file", "Writes the page, in Markdown.");
        var paths = VectorInput.Paths();
        paths.Arity = ArgumentArity.ZeroOrMore;
        paths.Description = "Vectors of the profile rfc9669 or rbpf, for all machines; the suites of both profiles, made anew, otherwise.";
        var profile = new ProfileOption(Profile.Rbpf);
        var command = new ExampleCommand(
            "machines",
            "Runs a suite on every machine that can be had here, and writes a page of what they do; exit code 1 if one deviates "
            + "where nobody has explained it.",
            "./rbpf conformance machines --out /tmp/machines.md")
        {
            paths, profile, output,
        };
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], profile.Of(parsed), parsed.GetValue(output)));
        return command;
    }

    private static int Run(string[] paths, Profile named, string? output)
    {
        if (output is not null) OutputFiles.Prepare(output);
        Dictionary<string, IReadOnlyList<Vector>> suites = [];
        List<TriedMachine> tried = [];
        List<string> missing = [];
        foreach (var engine in (Engine?[])[null, Engine.Switch, Engine.Auto])
        {
            if (engine is { } one && !Engines.IsAvailable(one)) continue;
            var machine = new MachineUnderTest.Own(paths.Length > 0 ? named : Profile.Rbpf, engine);
            Try(machine.Profile, engine?.ToString().ToLowerInvariant() ?? "reference", machine.Name, machine);
        }

        foreach (var known in Enum.GetValues<KnownMachine>())
        {
            var profile = known is KnownMachine.Kernel ? Profile.Rfc9669 : Profile.Rbpf;
            if (paths.Length > 0 && profile != named) continue;
            try
            {
                var machine = KnownMachines.Of(known, null);
                Try(profile, known.ToString().ToLowerInvariant(), known is KnownMachine.Kernel ? machine.Name : Title(known), machine);
            }
            catch (UsageException exception)
            {
                missing.Add(exception.Message);
            }
        }

        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var page = MachinePage.Text(today, Again, tried, missing);
        if (output is not null) Files.Write(output, Encoding.UTF8.GetBytes(page));
        else Report.Line(page.TrimEnd('\n'));
        var unexplained = tried.Sum(machine => machine.Unexplained.Count());
        if (output is not null)
        {
            Report.Line($"{Counted.Of(tried.Count, "machine")}, {missing.Count} not to be had, "
                + $"{Counted.Of(unexplained, "deviation")} not explained: {output}");
        }

        return unexplained == 0 ? CommandLine.Holds : CommandLine.Fails;

        void Try(Profile profile, string key, string title, MachineUnderTest machine)
        {
            if (!suites.TryGetValue(profile.Name, out var vectors))
            {
                vectors = paths.Length > 0
                    ? VectorInput.Read(paths, profile)
                    : SuiteGenerator.Generate(profile, GenerateVectors.UsualSeed).Vectors;
                suites[profile.Name] = vectors;
            }

            var jobs = key == "qemu" ? 1 : Environment.ProcessorCount;
            var results = TestRun.Of(machine, vectors, jobs);
            if (TestRun.NotStarted(machine, results) is { } problem) missing.Add(problem);
            else tried.Add(new(key, title, profile, results));
        }
    }

    private static string Title(KnownMachine device) =>
        $"the machine in C (`device`), {(device is KnownMachine.Qemu ? "on QEMU's Cortex-M4" : "on this computer")}";
}
