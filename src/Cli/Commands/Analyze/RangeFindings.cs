using System.Globalization;
using System.Text.Json;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>The range analysis as a check of a program: one line for each trap that is not proved never to be raised.</summary>
public sealed class RangeFindings
{
    private readonly Image image;
    private readonly RangeReport report;
    private readonly CheckedProgram admitted;
    private readonly ReferenceMachine machine;

    private RangeFindings(Image image, CheckedProgram program, RangeReport report) =>
        (this.image, this.report, admitted, machine) = (image, report, program, new(program));

    /// <summary>Whether no trap is left.</summary>
    public bool IsProved => report.IsProved;

    /// <summary>Analyses a program that the preflight accepts.</summary>
    public static RangeFindings Of(Image image, Profile profile, Sequence<uint> ids, ContextLengths lengths)
    {
        var program = image.Check(Admission.Of(profile, ids), out _)
            ?? throw new InvalidOperationException("a program that was accepted is rejected");
        var helpers = HelperCatalogue.Declarations.Where(helper => ids.Contains(helper.Id)).ToSequence();
        return new(image, program, RangeReport.Of(program, image.Start(profile).Regions, helpers, lengths));
    }

    /// <summary>How many traps are proved, in one line.</summary>
    public string Summary
    {
        get
        {
            var proved = report.Sites.Count(static site => site.Verdict is SiteVerdict.Proved);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{proved} of {report.Sites.Count} possible traps proved never to be raised, contexts of {report.Context} bytes");
        }
    }

    /// <summary>The findings as results for SARIF, as those of <c>analyze</c>.</summary>
    /// <param name="name">The name of the program's file.</param>
    public IEnumerable<SarifResult> Results(string name) => AnalysisSarif.Of(name, image, admitted, report, new([], ""));

    /// <summary>The findings, and how many traps are proved.</summary>
    public void Print(ITextReport to)
    {
        foreach (var site in report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved)) to.Bad(Line(site));
        if (IsProved) to.Good(Summary);
        else to.Line(Summary);
    }

    /// <summary>The same as JSON: the property <c>ranges</c>.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("ranges");
        writer.WriteNumber("leastContext", report.Context.Least);
        writer.WriteNumber("greatestContext", report.Context.Greatest);
        writer.WriteBoolean("proved", IsProved);
        var open = report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved);
        writer.WriteStrings("findings", open.Select(Line).ToSequence());
        writer.WriteEndObject();
    }

    private string Line(SiteFinding site)
    {
        var source = image.SourceAt((ulong)site.Slot) is { } line ? $" at {line}" : "";
        var missing = site.Missing == "" ? "" : $"; enough would be: {site.Missing}";
        var slot = site.Slot.ToString(CultureInfo.InvariantCulture);
        var instruction = InstructionText.At(machine, Word.Of((ulong)site.Slot));
        return $"slot {slot}: {instruction}: {site.Trap} not proved: {site.Lack}{missing}{source}";
    }
}
