using System.Globalization;
using RbpfSpec.Conformance.Diagnosis;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>The report on generated programs that were put to a machine of somebody else.</summary>
public sealed class MachineFuzzReport
{
    private readonly MachineUnderTest machine;
    private readonly VectorStream stream;
    private readonly FuzzOutcome outcome;
    private readonly CauseReport reporter;
    private readonly IReadOnlyList<ShownCause> causes;

    /// <summary>The report.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="stream">The programs.</param>
    /// <param name="outcome">What the run came to.</param>
    /// <param name="options">The options that name the machine again.</param>
    public MachineFuzzReport(MachineUnderTest machine, VectorStream stream, FuzzOutcome outcome, string options)
    {
        (this.machine, this.stream, this.outcome) = (machine, stream, outcome);
        reporter = new(
            machine,
            stream.Profile,
            options,
            vector => $"./rbpf fuzz --seed {stream.Seed} --program {vector.Name.Split(' ')[1]} --profile {stream.Profile.Name} {options}");
        causes = reporter.Of(outcome.Results);
    }

    /// <summary>How many programs show a deviation.</summary>
    public int Deviations => outcome.Results.Count(result => result.IsDeviation);

    /// <summary>The report for programs: a line each deviation, and one of the totals.</summary>
    public string Json =>
        VectorJson.Lines([.. outcome.Results.Where(result => result.IsDeviation)], stream.Profile.Name, causes, [])
        + JsonText.Object(writer =>
        {
            writer.WriteNumber("seed", stream.Seed);
            writer.WriteNumber("programs", outcome.Programs);
            writer.WriteNumber("seconds", outcome.Time.TotalSeconds);
            writer.WriteNumber("declined", outcome.Declined.Count);
            writer.WriteNumber("deviations", Deviations);
        });

    /// <summary>Prints the report for people.</summary>
    public void Print(ITextReport report)
    {
        foreach (var remark in CauseReport.Remarks(outcome.Results)) report.Bad(remark);
        if (causes.Count > 0) reporter.Print(causes, report);
        foreach (var line in outcome.Declined.Lines) report.Line(line);
        var rate = outcome.Programs / Math.Max(outcome.Time.TotalSeconds, 1e-3);
        var total = string.Create(
            CultureInfo.InvariantCulture,
            $"{Counted.Of(outcome.Programs, "program")} of seed {stream.Seed} on {machine.Name} under {stream.Profile.Name}: "
            + $"{Deviations} {Counted.Form(Deviations, "deviates", "deviate")}; {outcome.Time.TotalSeconds:0.0} s, {rate:0} a second");
        if (Deviations == 0) report.Good(total);
        else report.Bad(total);
    }
}
