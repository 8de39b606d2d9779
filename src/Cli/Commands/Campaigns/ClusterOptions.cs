using System.CommandLine;
using RbpfSpec.Campaigns.Silos;
using RbpfSpec.Cli.Inputs.Options;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary>The options that say which computers work at a campaign, and where it is kept.</summary>
internal sealed class ClusterOptions
{
    private const int MostJobs = 256;

    private readonly ListenOption address = new(
        "--address",
        "With --cluster, the port, or address and port, at which the others reach this process: it must be one of this computer that they "
        + "can reach, on a network of which all is trusted. A free port of 127.0.0.1 otherwise.");

    private readonly TextOption state = new(
        "--state", "folder",
        "Without --cluster, the folder where what is known so far is kept until the end; one of the user's, rbpf/campaigns, otherwise.");

    private readonly CountOption jobs;
    private readonly bool isWorker;

    /// <summary>The options.</summary>
    /// <param name="isWorker">Whether they are of a worker, which works for others only.</param>
    public ClusterOptions(bool isWorker)
    {
        this.isWorker = isWorker;
        Cluster = new("--cluster")
        {
            Description = isWorker
                ? "The Redis by which the processes of the cluster find each other: redis://host:port/database."
                : "Shares the work with every 'rbpf worker' at the same Redis, redis://host:port/database; "
                    + "this process alone works at it otherwise.",
            HelpName = "address",
            Required = isWorker,
            CustomParser = result =>
            {
                if (ClusterAddress.Parse(result.Tokens[0].Value) is { } parsed) return parsed;
                result.AddError(
                    $"--cluster '{result.Tokens[0].Value}' is no address of a Redis; expected one such as redis://localhost:6379 "
                    + "or redis://192.0.2.1:6379/2");
                return null;
            },
        };
        jobs = new(
            "--jobs", "count",
            isWorker ? "How many pieces it works at at a time; one for each processor otherwise."
                : "How many pieces this process works at at a time; one for each processor otherwise, and 0 to leave all to workers.",
            MostJobs, isWorker ? 1UL : 0);
    }

    /// <summary>The cluster.</summary>
    public Option<ClusterAddress?> Cluster { get; }

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(Cluster);
        command.Options.Add(address);
        if (!isWorker) command.Options.Add(state);
        command.Options.Add(jobs);
        command.Validators.Add(result =>
        {
            var isAlone = result.GetResult(Cluster) is null;
            if (isAlone && result.GetResult(address) is not null) result.AddError("--address is of a cluster; expected --cluster with it");
            if (!isAlone && result.GetResult(state) is not null)
                result.AddError("--state is of campaigns on this computer; with --cluster its Redis keeps them");
        });
    }

    /// <summary>The computers that a command line names.</summary>
    /// <exception cref="UsageException">A value makes no sense.</exception>
    public ClusterInput Read(ParseResult parsed)
    {
        var count = (int)(parsed.GetValue(jobs) ?? (ulong)Environment.ProcessorCount);
        var cluster = parsed.GetValue(Cluster);
        return count == 0 && cluster is null
            ? throw new UsageException("--jobs 0 leaves all to workers, and without --cluster there are none; expected at least 1")
            : new(cluster, parsed.GetValue(address), parsed.GetValue(state) ?? OwnFolder, count);
    }

    private static string OwnFolder
    {
        get
        {
            var data = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(data != "" ? data : Path.GetTempPath(), "rbpf", "campaigns");
        }
    }
}

/// <summary>The computers that work at a campaign, and where it is kept.</summary>
/// <param name="Cluster">The cluster; null if this process works alone.</param>
/// <param name="Address">The address at which others reach this process; null for any of the loopback.</param>
/// <param name="Folder">The folder of the journals.</param>
/// <param name="Jobs">How many pieces this process works at at a time.</param>
internal sealed record ClusterInput(ClusterAddress? Cluster, System.Net.IPEndPoint? Address, string Folder, int Jobs);
