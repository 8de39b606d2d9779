using System.CommandLine;
using RbpfSpec.Proofs;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign</c>: long work in pieces, on one computer or many.</summary>
public static class CampaignCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ProveContext proving) => new ExampleCommand(
        "campaign",
        "Long work in pieces, on one computer or, with --cluster, on many; whatever is killed, nothing that is done is lost. "
        + "See docs/campaigns.md.",
        "./rbpf campaign prove --only 'rfc/alu/sub*' --ledger subtracted.json")
    {
        ProveCampaign.Create(proving),
    };
}
