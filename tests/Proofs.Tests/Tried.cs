using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Solvers.Z3;

namespace RbpfSpec.Proofs.Tests;

/// <summary>Puts claims to a solver.</summary>
internal static class Tried
{
    /// <summary>Tries the one claim with an id, and its mutants.</summary>
    public static Result Try(IEnumerable<Claim> claims, string id)
    {
        using var solver = Z3Solver.Open().ShouldBeOfType<SolverSession.Opened>().Solver;
        return new Prover(solver, TimeSpan.FromMinutes(1)).Try(claims.Single(claim => claim.Id == id));
    }

    /// <summary>The lines of the counterexample that refutes a mutant of a claim that is proved.</summary>
    public static IReadOnlyList<string> Counterexample(IEnumerable<Claim> claims, string id, string mutant)
    {
        var result = Try(claims, id);
        result.Verdict.ShouldBeOfType<Verdict.Proved>(result.Verdict.ToString());
        var fate = result.Mutants.Single(tried => tried.Mutant.Name == mutant).Verdict;
        return fate.ShouldBeOfType<Verdict.Refuted>(fate.ToString()).Counterexample;
    }
}
