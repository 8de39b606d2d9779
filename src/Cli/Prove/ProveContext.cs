using RbpfSpec.Proofs;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proofs.Operations;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Proving.Ledgers;
using RbpfSpec.Proving.Reports;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Prove;

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
}
