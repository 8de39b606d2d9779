using System.Globalization;
using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.ProgramReports;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>The text of <c>analyze</c>: of each site, each loop, the branches; of one slot; of every instruction.</summary>
/// <param name="image">What the program was read from.</param>
/// <param name="program">The program.</param>
/// <param name="report">What was found out.</param>
/// <param name="traps">The contexts that trap.</param>
/// <param name="lengths">The lengths of the context asked about.</param>
/// <param name="profile">The profile.</param>
public sealed class AnalysisText(
    Image image, CheckedProgram program, RangeReport report, TrapSearch traps, ContextLengths lengths, Profile profile)
{
    private readonly ReferenceMachine machine = new(program);

    /// <summary>How much is proved, in one line.</summary>
    public string Summary
    {
        get
        {
            var proved = report.Sites.Count(static site => site.Verdict is SiteVerdict.Proved);
            return $"{Number(proved)} of {Number(report.Sites.Count)} possible traps proved never to be raised, "
                + $"contexts of {lengths} bytes{(report.Problems.IsEmpty ? "" : " but those above, of which nothing is known")}, "
                + $"profile {profile.Name}";
        }
    }

    /// <summary>Every site that is not proved, the loops, and the branches.</summary>
    public void Print(ITextReport to)
    {
        foreach (var problem in report.Problems) to.Bad(problem);
        foreach (var site in report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved)) Print(to, site);
        foreach (var loop in report.Loops) to.Line($"loop at slot {Number(loop.Slot)}{Source(loop.Slot)}: begins anew {loop.Text} times");
        to.Line(Branches());
        if (traps.Note != "") to.Line(traps.Note);
        if (report.IsProved) to.Good(Summary);
        else to.Bad(Summary);
    }

    /// <summary>The facts before an instruction, and about its traps.</summary>
    public void Explain(ITextReport to, ulong slot)
    {
        if (slot >= (ulong)machine.Program.Length)
            throw new UsageException($"--explain {slot} is not in the program; expected 0 to {machine.Program.Length - 1}");
        foreach (var problem in report.Problems) to.Bad(problem);
        to.Heading($"slot {slot}: {Text((int)slot)}{Source((int)slot)}");
        var isReached = false;
        foreach (var (one, state) in report.StatesAt((int)slot))
        {
            isReached = true;
            to.Line($"contexts of {one.Program.Context} bytes");
            for (var i = 0; i < state.Registers.Count; i++)
                to.Line($"  r{Number(i)} = {ValueNames.Of(state.Registers[i], one.Program, one.Flow)}");
            foreach (var fact in state.Relations.Facts.ToArray())
                to.Line($"  {fact.ToString(value => ValueNames.Of(value, one.Flow))} >= 0");
        }

        if (!isReached || !report.Problems.IsEmpty) to.Line(Unreached(isReached));
        foreach (var site in report.Sites.Where(site => site.Slot == (int)slot))
        {
            var within = site.Region is { } region ? $", within {region}" : "";
            if (site.Verdict is SiteVerdict.Proved) to.Good($"{site.Trap}: proved never to be raised{within}");
            else Print(to, site);
        }
    }

    /// <summary>Every instruction, with the registers that are known before it, and its verdicts.</summary>
    public void PrintRanges(ITextReport to)
    {
        foreach (var problem in report.Problems) to.Bad(problem);
        for (var slot = 0; slot < machine.Program.Length; slot++)
        {
            if (machine.At(slot) is not Decoded.Valid(var instruction)) continue;
            var states = report.StatesAt(slot).ToArray();
            var verdicts = report.Sites.Where(site => site.Slot == slot)
                .Select(static site => site.Verdict is SiteVerdict.Proved ? $"{site.Trap} proved" : $"{site.Trap} not proved");
            to.Line($"{Number(slot),4}: {Text(slot),-32} {string.Join(", ", verdicts)}".TrimEnd());
            if (states.Length == 0 || !report.Problems.IsEmpty) to.Line($"        {Unreached(states.Length > 0)}");
            foreach (var (one, state) in states)
            {
                var known = Enumerable.Range(0, state.Registers.Count - 1)
                    .Where(i => !state.Registers[i].Values.Equals(RangeWord.Any(Width.Bits64).Values))
                    .Select(i => $"r{Number(i)} {state.Registers[i].Values}");
                to.Line($"        {string.Join(", ", known)}");
            }

            slot += instruction.Form.Layout.Slots - 1;
        }
    }

    /// <summary>The same as JSON.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("profile", profile.Name);
        writer.WriteNumber("leastContext", lengths.Least);
        writer.WriteNumber("greatestContext", lengths.Greatest);
        writer.WriteBoolean("proved", report.IsProved);
        writer.WriteStrings("problems", report.Problems);
        writer.WriteStartArray("sites");
        foreach (var site in report.Sites)
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", site.Slot);
            writer.WriteString("instruction", Text(site.Slot));
            writer.WriteString("trap", site.Trap.ToString());
            var found = Found(site);
            writer.WriteString("verdict", site.Verdict is SiteVerdict.Proved ? "proved" : found is null ? "not proved" : "trap");
            if (site.Region is { } region) writer.WriteString("region", region);
            if (found is not null) writer.WriteString("context", Convert.ToHexStringLower(found.Input.Context.AsSpan()));
            if (image.SourceAt((ulong)site.Slot) is { } source) writer.WriteString("source", source.ToString());
            if (site.Lack != "") writer.WriteString("lack", site.Lack);
            if (site.Missing != "") writer.WriteString("missing", site.Missing);
            if (site.Verdict is not SiteVerdict.Proved) WriteWhy(writer, site);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("loops");
        foreach (var loop in report.Loops)
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", loop.Slot);
            if (loop.Rounds is { } rounds) writer.WriteNumber("rounds", rounds);
            if (loop.InLength is not null) writer.WriteString("inLength", loop.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (report.Branches is { } branches) writer.WriteNumber("branches", branches);
    }

    /// <summary>The category of what is lacking, in words.</summary>
    public static string KindText(LackKind kind) => kind switch
    {
        LackKind.Nothing => "",
        LackKind.BeyondEnd => "beyond the end",
        LackKind.BeforeStart => "before the start",
        LackKind.NoContext => "no context",
        LackKind.NotGranted => "not granted",
        LackKind.UnknownAddress => "unknown address",
        LackKind.ZeroDivisor => "zero divisor",
        LackKind.HelperBytes => "bytes for a helper",
        LackKind.NotAnalysed => "not analysed",
        LackKind.Other => "other condition",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private void WriteWhy(Utf8JsonWriter writer, SiteFinding site)
    {
        writer.WriteString("category", KindText(site.Kind));
        writer.WriteStartArray("history");
        foreach (var one in site.History)
        {
            writer.WriteStartObject();
            writer.WriteString("change", one.Change.ToString().ToLowerInvariant());
            writer.WriteNumber("slot", one.Slot);
            writer.WriteString("text", one.Text);
            if (image.SourceAt((ulong)one.Slot) is { } source) writer.WriteString("source", source.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("path");
        foreach (var step in site.Path)
        {
            writer.WriteStartObject();
            writer.WriteNumber("slot", step.Slot);
            writer.WriteString("instruction", Text(step.Slot));
            writer.WriteBoolean("taken", step.IsTaken);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // The instruction of an event, and its line.
    private string At(WordEvent one) => one.Change is WordChange.Made or WordChange.Narrowed
        ? $", by {Text(one.Slot)}{Source(one.Slot)}"
        : one.Change is WordChange.Joined ? Source(one.Slot) : "";

    private void Print(ITextReport to, SiteFinding site)
    {
        var found = Found(site);
        to.Bad($"{(found is null ? "not proved" : "trap")}: {site.Trap} at slot {Number(site.Slot)}: {Text(site.Slot)}{Source(site.Slot)}");
        if (found is not null)
        {
            var context = Convert.ToHexStringLower(found.Input.Context.AsSpan());
            to.Line(context == "" ? "  without a context"
                : $"  with a context of {Counted.Of(found.Input.Context.Count, "byte")}: {context}");
        }

        if (site.Lack != "") to.Line($"  {KindText(site.Kind)}: {site.Lack}");
        foreach (var one in site.History) to.Line($"  {one}{At(one)}");
        foreach (var step in site.Path)
        {
            var outcome = step.IsTaken ? "taken" : "not taken";
            to.Line($"  on the way, slot {Number(step.Slot)}: {Text(step.Slot)}: {outcome}{Source(step.Slot)}");
        }

        if (site.Missing != "") to.Line($"  enough would be: {site.Missing}");
    }

    // Of a slot that no state is known of, or not one of each context.
    private string Unreached(bool isKnown) => report.Problems.IsEmpty ? "no run comes here"
        : isKnown ? "of the contexts above nothing is known"
        : "nothing is known";

    private FoundTrap? Found(SiteFinding site) => traps.Found.FirstOrDefault(one => one.Slot == site.Slot && one.Trap == site.Trap);

    private string Branches() => (report.Branches, profile.BranchLimit) switch
    {
        (null, _) => "branches: not bounded",
        ({ } most, Allowance<ulong>.Remaining(var granted)) => most <= granted
            ? $"branches: at most {Number(most)} of {Number(granted)} granted"
            : $"branches: at most {Number(most)}; {Number(granted)} are granted, so a run may end by BranchBudget",
        ({ } most, _) => $"branches: at most {Number(most)}",
    };

    private string Text(int slot) => InstructionText.At(machine, Word.Of((ulong)slot));

    private string Source(int slot) => image.SourceAt((ulong)slot) is { } source ? $" ({source})" : "";

    private static string Number<T>(T number)
        where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);
}
