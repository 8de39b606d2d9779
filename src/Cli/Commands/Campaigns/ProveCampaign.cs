using System.CommandLine;
using RbpfSpec.Campaigns.Plans;
using RbpfSpec.Cli.Commands.Campaigns.Kinds;
using RbpfSpec.Cli.Outputs;
using RbpfSpec.Cli.Prove;
using RbpfSpec.Proofs;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Proving.Runs;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Campaigns;

/// <summary><c>rbpf campaign prove</c>: what <c>prove</c> does, on many computers.</summary>
internal static class ProveCampaign
{
    /// <summary>The command.</summary>
    public static Command Create(ProveContext proving)
    {
        var input = new ProveInput(isCampaign: true);
        var cluster = new ClusterOptions(isWorker: false);
        var command = new ExampleCommand(
            "prove",
            "Proves the claims as 'rbpf prove' does, with the same exit codes, report and ledger, in pieces that are kept as they come: "
            + "whatever is killed, the same command goes on with them.",
            "./rbpf campaign prove --only 'rfc/alu/add*' --ledger added.json");
        input.AddTo(command);
        cluster.AddTo(command);
        command.SetAction(parsed => Run(input.Read(parsed), cluster.Read(parsed), proving));
        return command;
    }

    private static int Run(ProvePlan plan, ClusterInput cluster, ProveContext proving)
    {
        using var interruption = new Interruption(proving.Cancellation);

        // The claims are made once, for who asks and for who works.
        Lazy<IReadOnlyList<Claim>> claims = new(proving.Claims);
        var shared = proving with { Claims = () => claims.Value };
        using var campaign = new ProvedTogether(cluster, shared, plan);
        var code = ProveCommand.Code(
            shared.Run(Report.Terminal, problem => CommandLine.Complain(problem), campaign.Try).Do(plan, interruption.Token));
        campaign.Forget();
        return code;
    }

    /// <summary>Claims that are proved together.</summary>
    private sealed class ProvedTogether(ClusterInput cluster, ProveContext proving, ProvePlan wanted) : IDisposable
    {
        private CampaignSession? session;
        private CampaignPlan? finished;

        public Campaigned Try(Campaign campaign, Sequence<Claim> claims, CancellationToken cancellation)
        {
            switch (campaign.Open())
            {
                case SolverSession.Unavailable(var reason):
                    return new Campaigned.Unavailable(reason);
                case SolverSession.Opened(var solver):
                    var version = $"{solver.Name} {solver.Version}";
                    solver.Dispose();
                    if (Console.IsOutputRedirected)
                        return Try(campaign, claims, version, new PlainProgress(claims.Count, Report.Terminal), Report.Bad, cancellation);
                    var live = new LiveProgress(claims);
                    return live.While(() => Try(campaign, claims, version, live, live.Tell, cancellation));
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        /// <summary>Keeps no longer what is written.</summary>
        public void Forget()
        {
            if (finished is not null) session?.Forget(finished);
        }

        public void Dispose() => session?.Dispose();

        private Campaigned Try(
            Campaign campaign,
            Sequence<Claim> claims,
            string version,
            IProgress<CampaignStep> progress,
            Action<string> tell,
            CancellationToken cancellation)
        {
            Dictionary<Claim, Result> results = new(ReferenceEqualityComparer.Instance);

            // What is not even stated needs no worker.
            foreach (var claim in claims)
            {
                if (campaign.Unchanged(claim) is { } hash)
                    Told(new Result(claim, new Verdict.Proved([]), [], hash, TimeSpan.Zero, WasKnown: true));
            }

            var pieces = ProveKind.Pieces([.. claims.Where(claim => !results.ContainsKey(claim))], campaign.Known);
            var plan = new CampaignPlan
            {
                Kind = "prove",
                Program = CampaignSession.Program,
                Settings = ProveKind.Settings(wanted.Solver, version, campaign.Limit),
                Pieces = [.. pieces.Select(piece => piece.Piece)],
            };
            if (pieces.Count > 0)
            {
                session = CampaignSession.Start(cluster, WorkKinds.All(proving, FuzzCommand.Of), tell, plan);
                session.Run(plan, Read, tell, cancellation);
            }

            var known = claims.Where(results.ContainsKey).Select(claim => results[claim]).ToSequence();
            if (known.Count < claims.Count) return new Campaigned.Interrupted(known);
            finished = plan;
            return new Campaigned.Finished(known, version, null);

            int? Read(int piece, string result)
            {
                foreach (var read in ProveKind.Read(result, pieces[piece].Claims)) Told(read);
                return null;
            }

            void Told(Result result)
            {
                results[result.Claim] = result;
                progress.Report(new CampaignStep.Ended(result));
            }
        }
    }
}
