using Mono.Cecil;
using Mono.Cecil.Cil;
using RbpfSpec.Cil;
using RbpfSpec.Proofs.Engines;
using RbpfSpec.Proving.Campaigns;
using RbpfSpec.Symbolic.Terms;

namespace RbpfSpec.Proofs.Mutants;

/// <summary>An instruction of the compiled code of an engine, with the claims that meet it.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Place">The instruction.</param>
/// <param name="Changes">Its mutants, by what they change.</param>
/// <param name="Claims">The claims, those first that meet the fewest instructions.</param>
public sealed record MutatedInstruction(string Engine, CodePlace Place, IEnumerable<string> Changes, IReadOnlyList<StatedClaim> Claims)
    : IMutated
{
    public MutantKind Kind => MutantKind.Code;

    public string Id => Engine;

    /// <summary>
    /// Every instruction that claims meet and that can be read as another, by engine, in the order of methods and places.
    /// </summary>
    /// <param name="claims">The claims.</param>
    /// <param name="threads">How many claims are read at once.</param>
    public static Sequence<MutatedInstruction> Of(IEnumerable<EngineClaim> claims, int threads)
    {
        var stated = claims.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).Select(State).ToList();
        return
        [
            .. from engine in stated.GroupBy(one => one.Claim.Claim.Engine)
               from place in
                   from one in engine
                   from met in one.Met
                   group (one.Claim, met.Changes) by met.Place
               where place.First().Changes.Count > 0
               orderby place.Key
               select new MutatedInstruction(
                   engine.Key,
                   place.Key,
                   place.First().Changes,
                   [.. place.Select(one => one.Claim).OrderBy(claim => claim.Size)
                       .ThenBy(claim => claim.Claim.Id, StringComparer.Ordinal)]),
        ];
    }

    public IEnumerable<TriedMutant> Hunt(Prover prover, CancellationToken cancellation) => new CodeHunt(this, prover).Run(cancellation);

    private static (StatedClaim Claim, List<(CodePlace Place, Sequence<string> Changes)> Met) State(EngineClaim claim)
    {
        var (proposition, code) = claim.About(null);
        return (
            new(claim, proposition.Conclusion, code.Met.Count),
            [.. code.Met.Select(met => (CodePlace.Of(met), CilMutant.Of([met]).Select(mutant => mutant.ToString()).ToSequence()))]);
    }
}

/// <summary>A place in compiled code, whoever has read it.</summary>
/// <param name="Method">The method's full name, with its parameters.</param>
/// <param name="Offset">The distance in bytes from its first instruction.</param>
public readonly record struct CodePlace(string Method, int Offset) : IComparable<CodePlace>
{
    /// <summary>By method, then by offset.</summary>
    public int CompareTo(CodePlace other) =>
        string.CompareOrdinal(Method, other.Method) is not 0 and var order ? order : Offset.CompareTo(other.Offset);

    /// <summary>The place of an instruction.</summary>
    internal static CodePlace Of((MethodDefinition Method, Instruction At) met) => new(met.Method.FullName, met.At.Offset);
}

/// <summary>A claim about compiled code that was read and stated once.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Conclusion">What it says of the code as it is.</param>
/// <param name="Size">The number of instructions that it meets.</param>
public sealed record StatedClaim(EngineClaim Claim, Term Conclusion, int Size);
