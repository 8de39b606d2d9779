using System.Collections.Frozen;
using RbpfSpec.Interp.Compiled;

namespace RbpfSpec.Interp;

/// <summary>Facts proved of every run of one program that begins at its entry: compiled code then checks no more.</summary>
/// <remarks>
/// Code that trusts a fact that does not hold reads and writes memory of the host. So none is taken from a caller:
/// <see cref="Certified.CertifiedRuns"/> makes them, of what the checker of certificates has concluded from the rules.
/// </remarks>
internal sealed class RunFacts
{
    /// <summary>Facts that a checker has confirmed.</summary>
    /// <param name="program">The program.</param>
    /// <param name="regions">What the facts assume of regions; code that finds it otherwise leaves the run to the interpreter.</param>
    /// <param name="sites">
    /// Of the slots of accesses that always lie within a region, the place of that region among the assumed; -1 for the stack frame.
    /// </param>
    /// <param name="mostBranches">The most taken branches and local calls of any run; null if that is not proved.</param>
    public RunFacts(
        Semantics.Validity.CheckedProgram program,
        Sequence<AssumedRegion> regions,
        IEnumerable<KeyValuePair<int, int>> sites,
        ulong? mostBranches) =>
        (Program, Regions, Sites, MostBranches) = (program, regions, sites.ToFrozenDictionary(), mostBranches);

    private RunFacts(RunFacts facts) =>
        (Program, Regions, Sites, ContextLength) = (facts.Program, facts.Regions, facts.Sites, facts.ContextLength);

    /// <summary>The program.</summary>
    public Semantics.Validity.CheckedProgram Program { get; }

    /// <summary>The most taken branches and local calls of any run; null if that is not proved.</summary>
    public ulong? MostBranches { get; }

    /// <summary>The length of the context, in bytes, if all the runs have the same, and it is not zero; else null.</summary>
    public ulong? ContextLength { get; init; }

    /// <summary>How many accesses are proved to lie within a region.</summary>
    public int ProvedSites => Sites.Count;

    /// <summary>The assumptions about regions.</summary>
    public Sequence<AssumedRegion> Regions { get; }

    /// <summary>The proved accesses: by slot the place among the assumed regions, or -1.</summary>
    public FrozenDictionary<int, int> Sites { get; }

    /// <summary>The facts about accesses alone.</summary>
    public RunFacts WithoutBranches() => new(this);
}

/// <summary>An assumption that a proof makes about a region.</summary>
/// <param name="Index">The place in the state's list of regions.</param>
/// <param name="Start">The address of its first byte.</param>
/// <param name="Length">The fewest bytes that it has.</param>
/// <param name="Permission">What it grants at least.</param>
internal sealed record AssumedRegion(int Index, ulong Start, ulong Length, Permission Permission)
{
    /// <summary>The region as compiled code expects it.</summary>
    public ExpectedRegion Expected => new(Index, Start);
}
