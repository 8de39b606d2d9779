using System.Text.Json;
using RbpfSpec.Images;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

using static System.FormattableString;

namespace RbpfSpec.ProgramReports.Solving;

/// <summary>The report on the instructions of a program that no context comes to.</summary>
/// <param name="Subject">The program.</param>
/// <param name="Coverage">The instructions.</param>
/// <param name="Doubt">Why others might be reached after all; null if all paths were followed to their ends.</param>
/// <param name="Contexts">The contexts that it is about, in words.</param>
public sealed record CoverageReport(Subject Subject, Coverage Coverage, string? Doubt, string Contexts)
{
    /// <summary>Writes the report for people.</summary>
    public void Print(ITextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (Coverage.Unreached.IsEmpty)
        {
            report.Good("every instruction is reached");
            return;
        }

        if (Doubt is null)
            report.Bad($"{Counted.Of(Coverage.Unreached.Count, "instruction")} not reached: proved for {Contexts}");
        else report.Bad($"undecided: {Doubt}; not reached so far");
        SourceLine? shown = null;
        foreach (var slot in Coverage.Unreached)
        {
            var source = Subject.Image.SourceAt((ulong)slot);
            if (source is not null && (source.Line, source.File) != (shown?.Line, shown?.File)) report.Line($"  {source}");
            shown = source;
            report.Line(Invariant($"  {slot}: {InstructionText.At(Subject.Program.Machine, Word.Of((ulong)slot))}"));
        }
    }

    /// <summary>Writes the properties of a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("answer", Coverage.Unreached.IsEmpty ? "all reached" : Doubt is null ? "unreached" : "undecided");
        if (Doubt is not null) writer.WriteString("reason", Doubt);
        writer.WriteStartArray("unreached");
        foreach (var slot in Coverage.Unreached) writer.WriteNumberValue(slot);
        writer.WriteEndArray();
    }
}
