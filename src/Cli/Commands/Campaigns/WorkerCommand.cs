using System.CommandLine;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Proofs;
using RbpfSpec.Reports;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf worker</c>: works at the campaigns of others.</summary>
public static class WorkerCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ProveContext proving)
    {
        var cluster = new ClusterOptions(isWorker: true);
        var command = new ExampleCommand(
            "worker",
            "Works at the campaigns of a cluster until it is interrupted. Each process of a cluster must be the same version of rbpf; "
            + "campaigns of another one are left alone. See docs/campaigns.md.",
            "redis-server --port 5790 --save '' > redis.log 2>&1 & redis=$!; "
            + "./rbpf worker --cluster redis://localhost:5790 > worker.log 2>&1 & worker=$!; "
            + "./rbpf campaign fuzz --seed 1 --programs 2000 --cluster redis://localhost:5790; kill $worker $redis");
        cluster.AddTo(command);
        command.SetAction(parsed =>
        {
            var input = cluster.Read(parsed);
            using var interruption = new Interruption(proving.Cancellation);
            using var session = CampaignSession.Start(input, WorkKinds.All(proving, FuzzCommand.Of), Report.Bad, plan: null);
            Report.Line($"worker {session.Name} at {input.Cluster}, {Counted.Of(input.Jobs, "piece")} at a time; Ctrl-C ends it");
            session.Serve(interruption.Token);
            return CommandLine.Holds;
        });
        return command;
    }
}
