using System.CommandLine;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Host.Exploration;
using RbpfSpec.ProgramReports;
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
            var report = new ExplorationReport(scope, found, violations);
            if (parsed.GetValue(json)) Report.Line(JsonText.Object(report.Write));
            else report.Print(Report.Terminal);
            return report.Holds ? CommandLine.Holds : CommandLine.Fails;
        });
        return command;
    }
}
