using System.Text.Json;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Reports;

namespace RbpfSpec.ProgramReports;

/// <summary>The report on an exploration of a device, for people and as JSON.</summary>
/// <param name="Scope">The device, its events and the invariants.</param>
/// <param name="Found">The result of the exploration.</param>
/// <param name="Planted">For each planted bug that was explored, too, its name and the way to it; null where none was found.</param>
public sealed record ExplorationReport(Scope Scope, Walked Found, Sequence<(string Name, Violation? Violation)> Planted)
{
    /// <summary>Whether every invariant holds, and each planted bug was found.</summary>
    public bool Holds => Found.Violation is null && Planted.All(bug => bug.Violation is not null);

    /// <summary>Writes the report for people.</summary>
    public void Print(ITextReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (var (name, violation) in Planted)
        {
            if (violation is null) report.Bad($"not found: {name}");
            else report.Good($"found: {name}");
            if (violation is not null) Print(report, violation);
        }

        report.Line($"{Counted.Of(Found.States, "distinct state")}{(Found.IsComplete ? ", which are all," : "")} "
            + $"up to {Counted.Of(Found.Depth, "event")} from the start, {Counted.Of(Found.Steps, "step")}, "
            + $"{Counted.Of(Scope.Events.Count, "event")}, {Counted.Of(Scope.Invariants.Count, "invariant")}");
        if (Found.Violation is null) report.Good("every invariant holds of every step");
        else report.Bad("an invariant does not hold");
        if (Found.Violation is { } wrong) Print(report, wrong);
    }

    /// <summary>Writes the properties of a JSON object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumber("states", Found.States);
        writer.WriteNumber("steps", Found.Steps);
        writer.WriteNumber("depth", Found.Depth);
        writer.WriteBoolean("complete", Found.IsComplete);
        writer.WriteStrings("events", Scope.Events.Select(one => one.Name));
        writer.WriteStrings("invariants", Scope.Invariants.Select(invariant => invariant.Name));
        if (Found.Violation is { } wrong) Write(writer, wrong);
        if (Planted.IsEmpty) return;
        writer.WriteStartArray("bugs");
        foreach (var (name, violation) in Planted)
        {
            writer.WriteStartObject();
            writer.WriteString("bug", name);
            writer.WriteBoolean("found", violation is not null);
            if (violation is not null) Write(writer, violation);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Print(ITextReport report, Violation violation)
    {
        report.Line($"  does not hold: {violation.Invariant}");
        foreach (var happening in violation.Events) report.Line($"    {happening}");
    }

    private static void Write(Utf8JsonWriter writer, Violation violation)
    {
        writer.WriteString("violated", violation.Invariant);
        writer.WriteStrings("trace", violation.Events);
    }
}
