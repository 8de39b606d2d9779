using System.Globalization;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Reports;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Vectors;

/// <summary><c>rbpf fuzz</c> on a machine of somebody else.</summary>
internal static class FuzzedMachine
{
    /// <summary>Runs generated programs and reports; yields the exit code.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="stream">The programs.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="programs">How many; no limit if nothing.</param>
    /// <param name="time">How long; no limit if nothing.</param>
    /// <param name="jobs">How many sessions run at a time.</param>
    /// <param name="options">The options that name the machine again.</param>
    /// <param name="isJson">Whether standard output is for programs.</param>
    public static int Run(
        MachineUnderTest machine, VectorStream stream, ulong first, ulong? programs, TimeSpan? time, int jobs, string options, bool isJson)
    {
        var outcome = MachineFuzz.Run(machine, stream, first, programs, time, jobs);
        VectorReport.CheckStarted(machine, outcome.Results);
        var deviations = outcome.Results.Count(result => result.IsDeviation);
        var reporter = new CauseReport(
            machine,
            stream.Profile,
            options,
            vector => $"./rbpf fuzz --seed {stream.Seed} --program {vector.Name.Split(' ')[1]} --profile {stream.Profile.Name} {options}");
        var causes = reporter.Of(outcome.Results);
        var rate = outcome.Programs / Math.Max(outcome.Time.TotalSeconds, 1e-3);
        if (isJson)
        {
            Report.Line(VectorJson.Lines([.. outcome.Results.Where(result => result.IsDeviation)], stream.Profile.Name, causes, []).TrimEnd(
                '\n'));
            Report.Line(JsonText.Object(writer =>
            {
                writer.WriteNumber("seed", stream.Seed);
                writer.WriteNumber("programs", outcome.Programs);
                writer.WriteNumber("seconds", outcome.Time.TotalSeconds);
                writer.WriteNumber("deviations", deviations);
            }));
            return deviations == 0 ? CommandLine.Holds : CommandLine.Fails;
        }

        foreach (var remark in CauseReport.Remarks(outcome.Results)) Report.Bad(remark);
        if (causes.Count > 0) reporter.Print(causes, Report.Terminal);
        var total = string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Programs} programs of seed {stream.Seed} on {machine.Name} under {stream.Profile.Name}: {deviations} deviate; "
            + $"{outcome.Time.TotalSeconds:0.0} s, {rate:0} a second");
        if (deviations == 0) Report.Good(total);
        else Report.Bad(total);
        return deviations == 0 ? CommandLine.Holds : CommandLine.Fails;
    }
}
