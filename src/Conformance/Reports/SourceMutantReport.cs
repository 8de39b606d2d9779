using System.Globalization;
using System.Text.Json;
using RbpfSpec.Conformance.SourceMutants;
using RbpfSpec.Conformance.SourceMutants.Operators;
using RbpfSpec.Reports;

namespace RbpfSpec.Conformance.Reports;

/// <summary>Reports on mutants of sources.</summary>
public static class SourceMutantReport
{
    /// <summary>Whether the suite sees every mutant but those that are rightly listed as equivalent.</summary>
    public static bool IsGood(SourceScore score) => score.Survivors.IsEmpty && score.WronglyListed.IsEmpty;

    /// <summary>A score as one JSON object.</summary>
    public static string Json(SourceScore score) => JsonText.Object(writer => Write(writer, score));

    /// <summary>Prints a score.</summary>
    /// <param name="score">The score.</param>
    /// <param name="time">How long it took.</param>
    /// <param name="report">Where it goes.</param>
    public static void Print(SourceScore score, TimeSpan time, ITextReport report)
    {
        var distinct = score.Distinct.ToList();
        foreach (var one in score.Survivors) report.Bad($"survived: {one.Mutant}");
        foreach (var one in score.WronglyListed)
            report.Bad($"listed as equivalent, though {((SourceVerdict.Killed)one.Verdict).Vector} shows it: {one.Mutant}");
        report.Table(
            ["operator", "mutants", "distinct", "killed", "equivalent", "survived"],
            Mutators.Names.Where(name => score.Mutants.Any(one => one.Mutant.Operator == name)).Select(name => (string[])
            [
                name,
                $"{score.Mutants.Count(one => one.Mutant.Operator == name)}",
                $"{distinct.Count(one => one.Mutant.Operator == name)}",
                $"{distinct.Count(one => one.Mutant.Operator == name && one.Verdict is SourceVerdict.Killed)}",
                $"{score.Equivalents.Count(one => one.Mutant.Operator == name)}",
                $"{score.Survivors.Count(one => one.Mutant.Operator == name)}",
            ]));
        report.Line($"{Counted.Of(score.Mutants.Count, "mutant")}: {score.NotBuilt} did not compile, "
            + $"{score.SameAsSource} {Counted.Form(score.SameAsSource, "has", "have")} the object code of the source, "
            + $"{score.Duplicates} that of another, {distinct.Count} {Counted.Form(distinct.Count, "is", "are")} distinct");
        var total = $"{score.Killed} killed ({score.KilledBy(KilledBy.Deviation)} by a deviation, "
            + $"{score.KilledBy(KilledBy.Crash)} by a crash, {score.KilledBy(KilledBy.TimeOut)} by the time), "
            + $"{score.Equivalents.Count} listed as equivalent, {score.Survivors.Count} survived; "
            + $"{Share(score)} of those that are not equivalent killed, in {time.TotalSeconds:0} s";
        if (IsGood(score)) report.Good(total);
        else report.Bad(total);
    }

    private static void Write(Utf8JsonWriter writer, SourceScore score)
    {
        writer.WriteNumber("mutants", score.Mutants.Count);
        writer.WriteNumber("not_compiled", score.NotBuilt);
        writer.WriteNumber("same_as_source", score.SameAsSource);
        writer.WriteNumber("duplicates", score.Duplicates);
        writer.WriteNumber("distinct", score.Distinct.Count());
        writer.WriteNumber("killed", score.Killed);
        writer.WriteNumber("killed_by_deviation", score.KilledBy(KilledBy.Deviation));
        writer.WriteNumber("killed_by_crash", score.KilledBy(KilledBy.Crash));
        writer.WriteNumber("killed_by_time", score.KilledBy(KilledBy.TimeOut));
        writer.WriteNumber("equivalent", score.Equivalents.Count);
        writer.WriteNumber("survived", score.Survivors.Count);
        writer.WriteString("share", Share(score));
        writer.WriteStartArray("all");
        foreach (var one in score.Mutants) Write(writer, one);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, TriedSourceMutant one)
    {
        writer.WriteStartObject();
        writer.WriteString("file", one.Mutant.File);
        writer.WriteNumber("line", one.Mutant.Line);
        writer.WriteString("operator", one.Mutant.Operator);
        writer.WriteString("before", one.Mutant.Before);
        writer.WriteString("after", one.Mutant.After);
        writer.WriteString("fate", one.Verdict switch
        {
            SourceVerdict.NotBuilt => "not compiled",
            SourceVerdict.SameAsSource => "same as source",
            SourceVerdict.Killed => "killed",
            SourceVerdict.Survived => one.Equivalent is null ? "survived" : "equivalent",
        });
        if (one.SameAs is { } first) writer.WriteString("duplicate_of", first.ToString());
        if (one.Verdict is SourceVerdict.Killed(var by, var vector, var reason))
        {
            writer.WriteString("by", by switch
            {
                KilledBy.Deviation => "deviation",
                KilledBy.Crash => "crash",
                KilledBy.TimeOut => "time",
            });
            writer.WriteString("vector", vector);
            writer.WriteString("reason", reason);
        }

        if (one.Equivalent is { } equivalent) writer.WriteString("equivalent", equivalent);
        writer.WriteEndObject();
    }

    // Rounded down, so that it is 100 only if it is all of them.
    private static string Share(SourceScore score)
    {
        var wanted = score.Killed + score.Survivors.Count;
        return wanted == score.Killed ? "100 %"
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(10_000.0 * score.Killed / wanted) / 100:0.00} %");
    }
}
