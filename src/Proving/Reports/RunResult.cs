using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;

namespace RbpfSpec.Proving.Reports;

/// <summary>The result of a run.</summary>
/// <param name="Results">The results, in the order of the claims.</param>
/// <param name="Solver">The solver's name and version.</param>
/// <param name="CrossCheck">What a second solver said, if one was asked.</param>
/// <param name="Time">How long it took.</param>
public sealed record RunResult(Sequence<Result> Results, string Solver, CrossCheckTally? CrossCheck, TimeSpan Time)
{
    /// <summary>The things that the claims are about.</summary>
    public required Findings Findings { get; init; }

    /// <summary>The assumptions that the verdicts rely on.</summary>
    public required Sequence<Assumption> Assumptions { get; init; }
}
