using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Ranges.Findings;

/// <summary>Facts about all runs of a program, without running it: of each trap, each loop, and the branches that it takes.</summary>
/// <remarks>Everything in it was confirmed by the checker of certificates. It is about contexts of some lengths, and no others.</remarks>
public sealed class RangeReport
{
    private RangeReport(
        ContextLengths context, Sequence<SiteFinding> sites, Sequence<LoopFinding> loops, ulong? branches, Sequence<string> problems) =>
        (Context, Sites, Loops, Branches, Problems) = (context, sites, loops, branches, problems);

    /// <summary>The lengths of the context, in bytes, that it is about.</summary>
    public ContextLengths Context { get; }

    /// <summary>Each trap that an instruction can raise by its rule, in ascending order of slot.</summary>
    /// <remarks>Instructions that no run comes to are left out; but all are there if some contexts could not be analysed.</remarks>
    public Sequence<SiteFinding> Sites { get; }

    /// <summary>Each loop, in ascending order of slot.</summary>
    public Sequence<LoopFinding> Loops { get; }

    /// <summary>The most branches and local calls that a run takes, whatever the context; null if it is not bounded.</summary>
    public ulong? Branches { get; }

    /// <summary>Why there may be nothing to report; empty if the analysis came to its end.</summary>
    public Sequence<string> Problems { get; }

    /// <summary>The cases that the checker confirmed, one for each kind of context.</summary>
    public Sequence<CheckedCase.True> Confirmed { get; private init; }

    /// <summary>Whether no trap is left that is not proved never to be raised, budgets apart.</summary>
    public bool IsProved => Problems.IsEmpty && Sites.All(static site => site.Verdict is SiteVerdict.Proved);

    /// <summary>Analyses a program.</summary>
    /// <param name="program">The program, which passed the preflight check.</param>
    /// <param name="regions">Further regions, where they lie.</param>
    /// <param name="helpers">The helpers that it may call.</param>
    /// <param name="context">The lengths that the context may have.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lengths are none, or too great.</exception>
    /// <exception cref="ArgumentException">
    /// No run has these regions or helpers: a region overlaps another or the stack, or is not as long as its bytes; a helper has more
    /// arguments than there are, or a number of bytes in none.
    /// </exception>
    public static RangeReport Of(
        CheckedProgram program, Sequence<Region<Word>> regions, Sequence<Helper> helpers, ContextLengths context)
    {
        ArgumentNullException.ThrowIfNull(program);
        var cases = AnalysedProgram.Cases(new ReferenceMachine(program), program.Entry, regions, helpers, context);
        List<CheckedCase.True> confirmed = [];
        List<string> problems = [];
        foreach (var one in cases)
        {
            switch (RangeAnalysis.Of(one))
            {
                case RangeAnalysis.Found found:
                    confirmed.Add(found.Checked);
                    break;
                case RangeAnalysis.Nothing(var reason):
                    problems.Add($"context of {one.Context} bytes: {reason}");
                    break;
            }
        }

        var report = Of(context, confirmed.ToSequence(), problems.ToSequence());
        return problems.Count == 0 ? report : report.WithAllSitesOf(cases[0]);
    }

    /// <summary>The report that confirmed cases make together.</summary>
    public static RangeReport Of(ContextLengths context, Sequence<CheckedCase.True> confirmed, Sequence<string> problems)
    {
        SortedDictionary<(int Slot, Trap Trap), SiteFinding> sites = [];
        SortedDictionary<int, LoopFinding> loops = [];
        ulong? branches = 0;
        foreach (var one in confirmed)
        {
            foreach (var node in one.Visits.Keys) AddSites(sites, one, node);
            Dictionary<int, ulong?> rounds = [];
            foreach (var loop in one.Flow.Loops)
            {
                if (!one.Visits.ContainsKey(loop.Head)) continue;
                var finding = LoopFinding.Of(one, loop);
                rounds[loop.Head] = finding.Rounds;
                loops[finding.Slot] = loops.TryGetValue(finding.Slot, out var other) ? other.Or(finding, context.Least) : finding;
            }

            branches = BranchBound.Of(one, rounds) is { } most && branches is { } before ? Math.Max(before, most) : null;
        }

        return new(
            context, sites.Values.ToSequence(), loops.Values.ToSequence(), problems.IsEmpty ? branches : null, problems)
        {
            Confirmed = confirmed,
        };
    }

    /// <summary>The states before the instruction at a slot, each in the case of contexts that it is of.</summary>
    public IEnumerable<(CheckedCase.True Case, AbstractState State)> StatesAt(int slot) =>
        from one in Confirmed
        from visit in one.Visits
        where one.Flow.Nodes[visit.Key].Slot == slot
        select (one, visit.Value.State);

    // Where some contexts were not analysed nothing is proved, and nothing is out of reach.
    private RangeReport WithAllSitesOf(AnalysedProgram program)
    {
        var lack = $"nothing is known: {Problems[0]}";
        var known = Sites.ToDictionary(static site => (site.Slot, site.Trap));
        List<SiteFinding> sites = [];
        for (var slot = 0; slot < program.Machine.Program.Length; slot++)
        {
            if (program.Machine.At(slot) is not Decoded.Valid(var instruction)) continue;
            foreach (var trap in SiteFinding.TrapsOf(instruction, program))
            {
                sites.Add(known.TryGetValue((slot, trap), out var site) && site.Verdict is not SiteVerdict.Proved
                    ? site with { Verdict = SiteVerdict.NotProved }
                    : new(slot, trap, SiteVerdict.NotProved, lack, "", null) { Kind = LackKind.NotAnalysed });
            }

            slot += instruction.Form.Layout.Slots - 1;
        }

        return new(Context, sites.ToSequence(), Loops, Branches, Problems) { Confirmed = Confirmed };
    }

    private static void AddSites(
        SortedDictionary<(int Slot, Trap Trap), SiteFinding> sites, CheckedCase.True confirmed, int node)
    {
        var slot = confirmed.Flow.Nodes[node].Slot;
        if (confirmed.Program.Machine.At(slot) is not Decoded.Valid(var instruction)) return;
        foreach (var trap in SiteFinding.TrapsOf(instruction, confirmed.Program))
        {
            var finding = SiteFinding.Of(confirmed, node, trap);
            sites[(slot, trap)] = sites.TryGetValue((slot, trap), out var other) ? Weaker(other, finding) : finding;
        }
    }

    // Of two ways to come to an instruction, what is known on both.
    private static SiteFinding Weaker(SiteFinding one, SiteFinding other)
    {
        if (one.Verdict == other.Verdict)
            return one.Verdict is SiteVerdict.Proved && one.Region != other.Region ? one with { Region = null } : one;
        var lacking = one.Verdict is SiteVerdict.Proved ? other : one;
        return lacking with { Verdict = SiteVerdict.NotProved };
    }
}
