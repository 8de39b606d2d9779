using System.CommandLine;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Inputs;
using RbpfSpec.Fuzzing;
using RbpfSpec.Proofs;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign</c>: long work in pieces, on one computer or many.</summary>
public static class CampaignCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ProveContext proving) => Create(proving, FuzzCommand.Of);

    /// <summary>The command, on machines of another maker.</summary>
    /// <param name="proving">The claims that there are, and the solvers.</param>
    /// <param name="contender">The machine that a choice of an option stands for.</param>
    public static Command Create(ProveContext proving, Func<RunEngine, string, ComparedMachine> contender)
    {
        var kinds = WorkKinds.All(proving, contender);
        return new ExampleCommand(
            "campaign",
            "Long work in pieces, on one computer or, with --cluster, on many; whatever is killed, nothing that is done is lost. "
            + "See docs/campaigns.md.",
            "./rbpf campaign prove --only 'rfc/alu/sub*' --ledger subtracted.json")
        {
            ProveCampaign.Create(proving), FuzzCampaign.Create(kinds, contender), ScoreCampaign.Create(kinds),
            ValidateCampaign.Create(kinds),
        };
    }
}
