using System.CommandLine;
using System.IO.Enumeration;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Cli.Inputs.Options;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Conformance.Hosts;
using RbpfSpec.Conformance.Running;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands.Conformance;

/// <summary><c>rbpf conformance host</c>: vectors of hosts, on the device of this project or on any other host.</summary>
public static class HostVectors
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var path = new Argument<string?>("file")
        {
            Description = "The file of vectors; the project's own otherwise.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var only = new TextOption("--only", "glob", "Only the vectors with such names, as hooks/front-01 or 'updates/*'.");
        var batch = new TextOption(
            "--batch", "command",
            "A host that answers the protocol of 'conformance host-batch': one process for all vectors. See docs/protocols.md.");
        var bugs = new SwitchOption("--bugs", "Runs them on devices with one planted bug each, and names a vector that finds it.");
        var command = new ExampleCommand(
            "host",
            "Runs vectors of hosts: events, and what a device does then. Exit code: 0, 1 if one fails or a planted bug is not found, or "
            + "2 if there are no vectors.",
            "./rbpf conformance host",
            "./rbpf conformance host --batch './rbpf conformance host-batch'",
            "./rbpf conformance host --bugs")
        {
            path, only, batch, bugs,
        };
        command.SetAction(parsed =>
        {
            var vectors = Chosen(Read(parsed.GetValue(path) ?? BookInput.HostVectors), parsed.GetValue(only));
            if (parsed.GetValue(bugs))
            {
                return parsed.GetValue(batch) is null
                    ? Planted(vectors)
                    : throw new UsageException("--bugs is about the device here, and --batch about another; expected one of them");
            }

            return Run(vectors, parsed.GetValue(batch));
        });
        return command;
    }

    /// <summary><c>rbpf conformance host-batch</c>.</summary>
    public static Command Batch()
    {
        var command = new ExampleCommand(
            "host-batch",
            "Answers what 'conformance host --batch' asks, a JSON object a line: a device and events; effects and state come back.",
            "echo '{\"device\":{},\"events\":[]}' | ./rbpf conformance host-batch");
        command.SetAction(_ =>
        {
            HostProtocol.Serve(Console.In, Console.Out);
            return CommandLine.Holds;
        });
        return command;
    }

    private static Sequence<HostVector> Read(string file) => HostVectorFile.Read(Files.ReadText(file)) switch
    {
        HostVectorReading.Read(var vectors) => vectors,
        HostVectorReading.Malformed(var line, var problem) => throw new UsageException($"{file}, line {line}: {problem}"),
    };

    private static Sequence<HostVector> Chosen(Sequence<HostVector> vectors, string? glob)
    {
        if (glob is null) return vectors;
        Sequence<HostVector> chosen =
            [.. vectors.Where(vector => FileSystemName.MatchesSimpleExpression(glob, vector.Name, ignoreCase: false))];
        return chosen.IsEmpty
            ? throw new UsageException(
                $"--only '{glob}' is the name of no vector; expected one such as {vectors[0].Name}, or a pattern with *")
            : chosen;
    }

    private static int Run(Sequence<HostVector> vectors, string? command)
    {
        using var process = command is null ? null : BatchProcess.Start(command, TimeProvider.System, out var problem)
            ?? throw new UsageException($"--batch '{command}' cannot be started: {problem}");
        var failed = 0;
        foreach (var vector in vectors)
        {
            var difference = process is null ? HostRun.Difference(vector) : Asked(process, vector, command!);
            if (difference is null) continue;
            failed++;
            Report.Line($"{vector.Name}: {vector.Because}");
            Report.Line($"  {difference}");
        }

        var count = $"{Counted.Of(vectors.Count, "vector")} on {command ?? "the device here"}: "
            + $"{vectors.Count - failed} passed, {failed} failed";
        if (failed == 0) Report.Good(count);
        else Report.Line(count);
        return failed == 0 ? CommandLine.Holds : CommandLine.Fails;
    }

    // A host that answers no more has no answer to any other vector.
    private static string? Asked(BatchProcess process, HostVector vector, string command)
    {
        process.Send(HostProtocol.Request(vector));
        var line = process.Receive(Limit, out var end);
        if (end is not null) throw new UsageException($"--batch '{command}' has no answer to {vector.Name}: {Told(end, process)}");
        return HostProtocol.Outcome(line, out var problem) is { } outcome ? HostRun.Difference(vector, outcome) : problem;
    }

    private static string Told(MachineReply end, BatchProcess process)
    {
        var text = end switch
        {
            MachineReply.TimedOut(var limit) => $"nothing within {limit.TotalSeconds:0} s",
            MachineReply.Crashed(var how) => how,
            MachineReply.NotStarted => "there is no such command",
            MachineReply.Returned or MachineReply.Rejected or MachineReply.Trapped or MachineReply.Refused or MachineReply.NoEnd
                or MachineReply.Declined or MachineReply.Nonsense => "a line that is too long",
        };
        return process.Complaint is "" or null ? text : $"{text}: {process.Complaint}";
    }

    private static int Planted(Sequence<HostVector> vectors)
    {
        var found = HostSuite.PlantedBugs.Map(bug =>
            (bug.Name, Vector: vectors.FirstOrDefault(vector => HostRun.Difference(vector, bug.Transition) is not null)));
        Report.Table(["planted bug", "found by"], found.Select(each => (IReadOnlyList<string>)[each.Name, each.Vector?.Name ?? "none"]));
        var count = found.Count(each => each.Vector is not null);
        var text = $"{Counted.Of(vectors.Count, "vector finds", "vectors find")} {count} of {found.Count} planted bugs";
        if (count == found.Count) Report.Good(text);
        else Report.Line(text);
        return count == found.Count ? CommandLine.Holds : CommandLine.Fails;
    }
}
