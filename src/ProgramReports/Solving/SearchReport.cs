using System.Text.Json;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Programs;

namespace RbpfSpec.ProgramReports.Solving;

/// <summary>The report on a search for an input: the inputs, that there is none, or that this is not known.</summary>
public static class SearchReport
{
    /// <summary>Tells people that no input is what was looked for.</summary>
    /// <param name="report">Where the report goes.</param>
    /// <param name="none">The result.</param>
    /// <param name="text">The result in a few words.</param>
    /// <param name="contexts">The contexts that it is about, in words.</param>
    public static void Print(ITextReport report, SearchResult.None none, string text, string contexts)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(none);
        report.Good($"{text}: proved for {contexts}");
        report.Line($"{Counted.Of(none.Paths, "path")}, at most {Counted.Of(none.Steps, "instruction")}");
    }

    /// <summary>The properties of the answer that no input is what was looked for.</summary>
    /// <param name="writer">The object.</param>
    /// <param name="none">The result.</param>
    /// <param name="answer">The answer: a word or two.</param>
    /// <param name="size">The length of the contexts in bytes.</param>
    public static void Write(Utf8JsonWriter writer, SearchResult.None none, string answer, int size)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(none);
        writer.WriteString("answer", answer);
        writer.WriteNumber("size", size);
        writer.WriteNumber("paths", none.Paths);
        writer.WriteNumber("steps", none.Steps);
    }

    /// <summary>The properties of a question without an answer.</summary>
    public static void WriteUndecided(Utf8JsonWriter writer, string reason)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString("answer", "undecided");
        writer.WriteString("reason", reason);
    }

    /// <summary>Tells people of the inputs that were found.</summary>
    /// <param name="report">Where the report goes.</param>
    /// <param name="found">The result.</param>
    /// <param name="isSeveral">Whether several were asked for.</param>
    /// <param name="print">Tells of one of them.</param>
    public static void Print(ITextReport report, SearchResult.Found found, bool isSeveral, Action<Witness> print)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(print);
        foreach (var witness in found.Witnesses)
        {
            print(witness);
            if (isSeveral) report.Line("");
        }

        if (!isSeveral) return;
        report.Line(Counted.Of(found.Witnesses.Count, "context")
            + (found.AreAll ? ": proved that there is no other" : ": there may be others"));
    }

    /// <summary>The properties of the inputs that were found.</summary>
    /// <param name="writer">The object.</param>
    /// <param name="found">The result.</param>
    /// <param name="isSeveral">Whether several were asked for.</param>
    /// <param name="answer">The answer: one word.</param>
    /// <param name="write">Writes the properties of one of them.</param>
    public static void Write(
        Utf8JsonWriter writer, SearchResult.Found found, bool isSeveral, string answer, Action<Utf8JsonWriter, Witness> write)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(write);
        writer.WriteString("answer", answer);
        if (!isSeveral)
        {
            write(writer, found.Witnesses[0]);
            return;
        }

        writer.WriteBoolean("all", found.AreAll);
        writer.WriteStartArray("witnesses");
        foreach (var witness in found.Witnesses)
        {
            writer.WriteStartObject();
            write(writer, witness);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
