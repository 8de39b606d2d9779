using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using AbstractExecution = RbpfSpec.Semantics.Instructions.Execution<RbpfSpec.Ranges.Words.RangeWord>;

namespace RbpfSpec.Interp.Certified;

/// <summary>The facts that a certificate proves of a program's runs in some memory, once its checker has confirmed it.</summary>
/// <remarks>
/// Whoever runs the program with them must see to it that a run is one of these: it begins as the profile says, its regions are the
/// stack, the context if there is one, and those that were confirmed, in their order, and regions that the program cannot write
/// hold what they held then, until the run ends.
/// </remarks>
internal sealed class CertifiedRuns
{
    private readonly List<(ContextLengths Context, RunFacts Facts)> cases = [];

    private CertifiedRuns(CheckedProgram program, Sequence<CheckedCase.True> confirmed, int[] places)
    {
        foreach (var one in confirmed) cases.Add((one.Program.Context, FactsOf(program, one, places)));
    }

    /// <summary>Why a certificate cannot be used with a program, whatever it says; null if it can be.</summary>
    /// <param name="program">The program.</param>
    /// <param name="isCompiled">Whether the engine ever compiles.</param>
    public static string? ProblemOf(CheckedProgram program, bool isCompiled) =>
        !isCompiled ? "the engine checks everything" : new AnalysedProgram(new ReferenceMachine(program), program.Entry).Dependence;

    /// <summary>Checks a certificate; says why it is not confirmed if it is not.</summary>
    /// <param name="certificate">The file.</param>
    /// <param name="program">The program.</param>
    /// <param name="regions">The regions of runs but for stack and context, in their order.</param>
    /// <param name="helpers">The helpers that the program may call.</param>
    /// <param name="problem">The reason; null if it is confirmed.</param>
    public static CertifiedRuns? Confirm(
        ReadOnlyMemory<byte> certificate,
        CheckedProgram program,
        Sequence<Region<Word>> regions,
        Sequence<Helper> helpers,
        out string? problem)
    {
        int[] places = [.. Enumerable.Range(0, regions.Count).OrderBy(place => regions[place].Start.Value)];
        switch (RangeCertificate.Check(certificate, program, [.. places.Select(place => regions[place])], helpers))
        {
            case CertificateReading.True(var confirmed):
                problem = null;
                return new(program, confirmed, places);
            case CertificateReading.Refused(var reason):
                problem = reason;
                return null;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>The lengths of contexts, and the facts of runs with each of them.</summary>
    public IReadOnlyList<(ContextLengths Context, RunFacts Facts)> Cases => cases;

    /// <summary>The facts of runs with a context of so many bytes; null if nothing is proved of them.</summary>
    public RunFacts? FactsFor(ulong contextLength)
    {
        foreach (var (context, facts) in cases)
        {
            if (contextLength >= (ulong)context.Least && contextLength <= (ulong)context.Greatest) return facts;
        }

        return null;
    }

    /// <summary>The reason why there are no facts of runs with a context of so many bytes.</summary>
    public string LackFor(ulong contextLength) =>
        $"it is about contexts of {string.Join(" and ", cases.Select(static one => one.Context))} bytes, not {contextLength}";

    private static RunFacts FactsOf(CheckedProgram program, CheckedCase.True confirmed, int[] places)
    {
        // The stack is the first region, then comes the context.
        var hasContext = confirmed.Program.Context.Greatest > 0;
        Sequence<AssumedRegion> assumed = [];
        var all = confirmed.Program.AllRegions;
        for (var i = 0; i < all.Count; i++)
        {
            var index = !hasContext ? 1 + places[i] : i == 0 ? 1 : 2 + places[i - 1];
            assumed = assumed.Add(new(index, all[i].Start, all[i].Length.Values.Least.Value, all[i].Permission));
        }

        Dictionary<int, int?> sites = [];
        foreach (var (node, visited) in confirmed.Visits)
        {
            var slot = confirmed.Flow.Nodes[node].Slot;
            if (confirmed.Program.Machine.At(slot) is not Decoded.Valid({ Form.Operation: MemoryOperation } access)) continue;
            var region = RegionOf(confirmed.Program, slot, access, visited.State);
            sites[slot] = sites.TryGetValue(slot, out var other) && other != region ? null : region;
        }

        Dictionary<int, ulong?> rounds = [];
        foreach (var loop in confirmed.Flow.Loops)
        {
            if (confirmed.Visits.ContainsKey(loop.Head)) rounds[loop.Head] = LoopFinding.Of(confirmed, loop).Rounds;
        }

        return new(
            program,
            assumed,
            sites.Where(static site => site.Value is not null).Select(static site => KeyValuePair.Create(site.Key, site.Value!.Value)),
            BranchBound.Of(confirmed, rounds))
        {
            ContextLength = hasContext && confirmed.Program.Context is var context && context.Least == context.Greatest
                ? (ulong)context.Least
                : null,
        };
    }

    // The place among all regions of the one that an access lies in, -1 of the frame at hand; null if that is not proved.
    private static int? RegionOf(
        AnalysedProgram program, int slot, Semantics.Instructions.Instruction instruction, AbstractState state)
    {
        var execution = new AbstractExecution(
            instruction.Form, instruction.Fields<RangeWord>(), program.StateOf(slot, state), program.Profile);
        if (instruction.Form.Operation.AccessOf(execution) is not { } access) return null;
        var memory = program.MemoryOf(state);
        if (state.Decide(memory.Grants(access.Address, access.Count, access.Kind)) is not true) return null;
        var region = memory.RegionOf(access.Address, access.Count, access.Kind);
        return region >= 0 ? region : region == -memory.Depth ? -1 : null;
    }
}
