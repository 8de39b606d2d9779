using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Exploration;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands;

/// <summary><c>rbpf explore</c>: walks all that can happen to a device in a small scope.</summary>
public static class ExploreCommand
{
    private const int DefaultStates = 100_000;

    // What is explored of a device.
    private enum Part
    {
        Containers,
        Updates,
    }

    /// <summary>The command.</summary>
    public static Command Create() => new ExampleCommand(
        "explore",
        "Walks every interleaving of events, and checks invariants in every state.",
        "./rbpf explore host --states 20000")
    {
        Host(),
    };

    private static ExampleCommand Host()
    {
        var states = new CountOption(
            "--states", "count", $"How many distinct states are enough; {DefaultStates} unless given.", most: int.MaxValue);
        var bugs = new SwitchOption(
            "--bugs", "Explores the device once with each of the planted bugs, too, and shows the shortest trace to each.");
        var part = new ChoiceOption<Part>(
            "--scope", "Containers, hooks, and uploads that are not signed; or signed updates: containers unless given.");
        var json = JsonOption.Create("One JSON object.");
        var command = new ExampleCommand(
            "host",
            "Walks a device with two containers, two hooks, two senders of three blocks and losses of power, breadth first; or one with "
            + "signed updates that are new, old, forged and for another slot. "
            + "Exit code: 0, or 1 if an invariant does not hold or a planted bug is not found.",
            "./rbpf explore host --states 20000",
            "./rbpf explore host --states 20000 --bugs",
            "./rbpf explore host --states 20000 --scope updates --bugs")
        {
            states, part, bugs, json,
        };
        command.SetAction(parsed =>
        {
            var most = (int)(parsed.GetValue(states) ?? DefaultStates);
            if (most < 1) throw new UsageException($"--states {most}; the least is 1");
            var (scope, planted) = (parsed.GetValue(part) ?? Part.Containers) switch
            {
                Part.Containers => (SmallScope.Create(), PlantedBug.All),
                Part.Updates => (UpdateScope.Create(), PlantedUpdateBug.All),
            };
            var found = Explorer.Walk(scope, most);
            var violations = parsed.GetValue(bugs)
                ? planted.Map(bug => (bug.Name, Explorer.Walk(scope, most, bug.Transition).Violation))
                : [];
            if (parsed.GetValue(json)) Write(scope, found, violations);
            else Print(scope, found, violations);
            return found.Violation is null && violations.All(bug => bug.Violation is not null) ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }

    private static void Print(Scope scope, Walked found, Sequence<(string Name, Violation? Violation)> planted)
    {
        foreach (var (name, violation) in planted)
        {
            if (violation is null) Report.Bad($"not found: {name}");
            else Report.Good($"found: {name}");
            if (violation is not null) Print(violation);
        }

        Report.Line($"{found.States} distinct states{(found.IsComplete ? ", which are all," : "")} up to {found.Depth} events "
            + $"from the start, {found.Steps} steps, {scope.Events.Count} events, {scope.Invariants.Count} invariants");
        if (found.Violation is null) Report.Good("every invariant holds of every step");
        else Report.Bad("an invariant does not hold");
        if (found.Violation is { } wrong) Print(wrong);
    }

    private static void Print(Violation violation)
    {
        Report.Line($"  does not hold: {violation.Invariant}");
        foreach (var happening in violation.Events) Report.Line($"    {happening}");
    }

    private static void Write(Scope scope, Walked found, Sequence<(string Name, Violation? Violation)> planted) =>
        Report.Line(JsonText.Object(writer =>
        {
            writer.WriteNumber("states", found.States);
            writer.WriteNumber("steps", found.Steps);
            writer.WriteNumber("depth", found.Depth);
            writer.WriteBoolean("complete", found.IsComplete);
            writer.WriteStrings("events", scope.Events.Select(one => one.Name));
            writer.WriteStrings("invariants", scope.Invariants.Select(invariant => invariant.Name));
            if (found.Violation is { } wrong)
            {
                writer.WriteString("violated", wrong.Invariant);
                writer.WriteStrings("trace", wrong.Events);
            }

            if (planted.IsEmpty) return;
            writer.WriteStartArray("bugs");
            foreach (var (name, violation) in planted)
            {
                writer.WriteStartObject();
                writer.WriteString("bug", name);
                writer.WriteBoolean("found", violation is not null);
                if (violation is not null)
                {
                    writer.WriteString("violated", violation.Invariant);
                    writer.WriteStrings("trace", violation.Events);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }));
}
