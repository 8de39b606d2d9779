using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Cil;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Symbolic.Questions;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>Looks for the claim that kills each mutant of an instruction of compiled code.</summary>
/// <remarks>
/// Most mutants show on the first values tried with some claim, so those are tried of every claim before a solver is asked. Of
/// what a mutant does not change, not even as text, there is nothing to ask: it is as true as of the code.
/// </remarks>
/// <param name="instruction">The instruction.</param>
/// <param name="prover">Decides.</param>
public sealed class CodeHunt(MutatedInstruction instruction, Prover prover)
{
    // In the assembly of the thread.
    [ThreadStatic]
    private static Dictionary<CodePlace, (MethodDefinition Method, Instruction At)>? places;

    /// <summary>The mutants and their fates.</summary>
    /// <exception cref="OperationCanceledException">It was ended before the next claim.</exception>
    public IEnumerable<TriedMutant> Run(CancellationToken cancellation = default) =>
        CilMutant.Of([Find()])
            .Select(mutant => new TriedMutant(instruction.Kind, instruction.Id, mutant.ToString(), Fate(mutant, cancellation)));

    private MutantFate Fate(CilMutant mutant, CancellationToken cancellation)
    {
        List<(string Claim, Proposition Proposition, Question Question)> open = [];
        foreach (var (claim, conclusion, _) in instruction.Claims)
        {
            cancellation.ThrowIfCancellationRequested();
            var (proposition, code) = claim.About(mutant);
            if (code.NotUnderstood is { } reason) return new MutantFate.Rejected(claim.Id, reason);
            if (ReferenceEquals(proposition.Conclusion, conclusion)) continue;
            var question = proposition.Question(ClaimKind.Always);
            if (question.IsContradictory) continue;
            if (question.Sample() is { } sample && proposition.Replay(sample) is Replay.Shown(var lines))
            {
                return new MutantFate.Killed(claim.Id, lines);
            }

            open.Add((claim.Id, proposition, question));
        }

        string? unknown = null;
        foreach (var (claim, proposition, question) in open)
        {
            cancellation.ThrowIfCancellationRequested();
            var verdict = prover.Ask(question, proposition, ClaimKind.Always, isLikely: false);

            // What an interrupted solver says is no verdict.
            cancellation.ThrowIfCancellationRequested();
            if (verdict is Verdict.Refuted(var lines)) return new MutantFate.Killed(claim, lines);
            if (verdict is Verdict.Undecided(var reason)) unknown ??= $"{claim}: {reason}";
        }

        return unknown is null ? new MutantFate.Equivalent() : new MutantFate.Undecided(unknown);
    }

    private (MethodDefinition Method, Instruction At) Find()
    {
        places ??= [];
        if (places.TryGetValue(instruction.Place, out var known)) return known;
        foreach (var met in instruction.Claims[0].Claim.Met()) places[CodePlace.Of(met)] = met;
        return places[instruction.Place];
    }
}
