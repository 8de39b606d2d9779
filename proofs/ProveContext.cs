using RbpfSpec.Proofs.Bugs;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Proving.Runs;
using RbpfSpec.Reports;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Proofs;

/// <summary>The claims that there are to prove, and the solvers that decide.</summary>
public sealed record ProveContext
{
    /// <summary>The project's claims and the solvers of this computer.</summary>
    public static ProveContext Everything { get; } = new() { Inputs = () => ProgramFingerprint.Of(typeof(Catalogue).Assembly) };

    /// <summary>The claims.</summary>
    public Func<IReadOnlyList<Claim>> Claims { get; init; } = () => [.. Catalogue.All];

    /// <summary>The claims that mutants of rules are put to.</summary>
    public Func<IEnumerable<RuleClaim>> Rules { get; init; } = () => Catalogue.Rules;

    /// <summary>The claims that mutants of compiled code are put to.</summary>
    public Func<IEnumerable<EngineClaim>> Code { get; init; } = () => Catalogue.Code;

    /// <summary>The bugs of other machines that a run found again; null if it did not try all claims about them.</summary>
    public Func<IEnumerable<Result>, IReadOnlyList<KnownBug>?> Bugs { get; init; } = Catalogue.Found;

    /// <summary>The fates of claims, and where to look.</summary>
    public Findings Findings { get; init; } = new(new ClaimTargets());

    /// <summary>A hash of all that the claims depend on; null if that is not known.</summary>
    public Func<string?> Inputs { get; init; } = () => null;

    /// <summary>Opens a session with a solver of some name.</summary>
    public Func<string, SolverSession> Open { get; init; } = SolverFactory.Open;

    /// <summary>Interrupts the run, as Ctrl-C does.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>A run of these claims.</summary>
    /// <param name="report">Where the report goes.</param>
    /// <param name="complain">Told, a line each, what went wrong.</param>
    /// <param name="attempt">Tries claims, and shows meanwhile how far it is.</param>
    public ProveRun Run(
        ITextReport report, Action<string> complain, Func<Campaign, Sequence<Claim>, CancellationToken, Campaigned> attempt) => new()
        {
            Claims = Claims,
            Bugs = Bugs,
            Others = KnownBugs.Others,
            Assumptions = TrustedBase.Assumptions,
            Findings = Findings,
            Inputs = Inputs,
            Open = Open,
            Try = attempt,
            Report = report,
            Complain = complain,
        };
}
