using System.Text.Json;
using RbpfSpec.Reports;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.ProgramReports.Solving;

/// <summary>The report on an input that was found: the context, how runs end on it, and the command lines that show that.</summary>
public static class WitnessReport
{
    /// <summary>Tells people of an input of one program that is bad news.</summary>
    public static void PrintBad(ITextReport report, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Bad(End(subjects[0], witness.Ends[0]));
        PrintInput(report, subjects, witness, runs);
    }

    /// <summary>Tells people of an input of one program that is good news.</summary>
    public static void PrintGood(ITextReport report, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Good(End(subjects[0], witness.Ends[0]));
        PrintInput(report, subjects, witness, runs);
    }

    /// <summary>Tells people of an input on which two programs differ.</summary>
    public static void PrintDifference(
        ITextReport report, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Bad($"different: {string.Join(", ", Differences(subjects, witness).AsEnumerable())}");
        report.Line(Context(witness.Input));
        for (var i = 0; i < subjects.Count; i++)
        {
            report.Line($"{runs[i]}");
            report.Line($"  {End(subjects[i], witness.Ends[i])}");
            foreach (var detail in Details(subjects[i], witness.Ends[i])) report.Line($"    {detail}");
            var context = subjects[i].Program.Context(witness.Ends[i].State);
            if (!context.IsEmpty) report.Line($"  context becomes {Convert.ToHexStringLower(context.AsSpan())}");
        }
    }

    /// <summary>The properties of an input of one program.</summary>
    public static void Write(Utf8JsonWriter writer, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        Write(writer, witness.Input);
        Write(writer, subjects[0], witness.Ends[0], runs[0]);
    }

    /// <summary>The properties of an input on which two programs differ.</summary>
    public static void WriteDifference(
        Utf8JsonWriter writer, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        Write(writer, witness.Input);
        writer.WriteStrings("differ", Differences(subjects, witness));
        writer.WriteStartArray("ends");
        for (var i = 0; i < subjects.Count; i++)
        {
            writer.WriteStartObject();
            Write(writer, subjects[i], witness.Ends[i], runs[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void PrintInput(ITextReport report, Sequence<Subject> subjects, Witness witness, Sequence<string> runs)
    {
        foreach (var detail in Details(subjects[0], witness.Ends[0])) report.Line($"  {detail}");
        report.Line(Context(witness.Input));
        report.Line(runs[0]);
    }

    private static string Context(Input input) =>
        $"context = {(input.Context.IsEmpty ? "none" : Convert.ToHexStringLower(input.Context.AsSpan()))}";

    private static string End(Subject subject, Outcome<Word> end) => EndReport.Line(subject.Program.Machine, end);

    private static IEnumerable<string> Details(Subject subject, Outcome<Word> end) =>
        EndReport.Details(subject.Program.Machine, subject.Program.Start.Budget, subject.Image, end);

    private static Sequence<string> Differences(Sequence<Subject> subjects, Witness witness) =>
        Comparison.Differences(subjects[0].Program, witness.Ends[0], subjects[1].Program, witness.Ends[1]);

    private static void Write(Utf8JsonWriter writer, Input input)
    {
        writer.WriteString("context", Convert.ToHexStringLower(input.Context.AsSpan()));
        writer.WriteNumber("now", input.Milliseconds);
    }

    private static void Write(Utf8JsonWriter writer, Subject subject, Outcome<Word> end, string run)
    {
        EndReport.Write(writer, subject.Program.Machine, subject.Program.Start.Budget, end);
        if (end is not Outcome<Word>.Exited) writer.Source(subject.Image.SourceAt(end.State.ProgramCounter.Value));
        writer.WriteString("run", run);
    }
}
