using System.Diagnostics;
using RbpfSpec.Host;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Programs;
using RbpfSpec.Symbolic.Solvers;

namespace RbpfSpec.Cli.Commands.Analyze;

/// <summary>A context with which a program traps, as the reference machine confirms.</summary>
/// <param name="Slot">The slot of the instruction that traps.</param>
/// <param name="Trap">The trap.</param>
/// <param name="Input">The context.</param>
public sealed record FoundTrap(int Slot, Trap Trap, Input Input);

/// <summary>A search, by a solver, for contexts that show what an analysis could not prove to be a trap.</summary>
/// <param name="Found">What was found, at most one for each instruction.</param>
/// <param name="Note">Why there was no search, or it was not ended; empty otherwise.</param>
public sealed record TrapSearch(Sequence<FoundTrap> Found, string Note)
{
    private const int Steps = 3_000;
    private const int Paths = 300;

    // The least lengths are those at which most is lacking; beyond, lengths that often are some number of words.
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 20, 24, 31, 32, 40, 48, 49, 56, 64, 96, 128];

    /// <summary>Looks for contexts.</summary>
    public static TrapSearch Of(CheckedProgram program, Start start, Sequence<uint> ids, RangeReport report, TimeSpan time)
    {
        var wanted = report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved)
            .Select(static site => (site.Slot, site.Trap)).ToHashSet();
        if (SolverFactory.Open(SolverFactory.Default) is not SolverSession.Opened(var session))
            return new([], "no solver is here to look for traps");
        Dictionary<(int, Trap), FoundTrap> found = [];
        var watch = Stopwatch.StartNew();
        using (session)
        {
            var lengths = Lengths.Where(length => length >= report.Context.Least && length <= report.Context.Greatest).ToList();
            if (!lengths.Contains(report.Context.Least)) lengths.Insert(0, report.Context.Least);
            foreach (var length in lengths)
            {
                if (watch.Elapsed > time) return new(Ordered(), "the search for traps was not ended (--search grants it more)");
                if (wanted.All(found.ContainsKey) && wanted.Count > 0) break;
                var machine = new ReferenceMachine(program);
                var subject = new SymbolicProgram(
                    machine,
                    start with
                    {
                        Context = Sequence.Generate(length, _ => (byte)0),
                        Host = DefaultHost.Granting(ids),
                        BranchLimit = new Allowance<ulong>.Unlimited(),
                    },
                    length);
                var search = new Search(new Decider(session, TimeSpan.FromSeconds(2)), new(Steps, Paths)) { Wanted = 8 };
                if (search.Trap(subject, null) is not SearchResult.Found(var witnesses, _)) continue;
                foreach (var witness in witnesses)
                {
                    if (witness.Ends[0] is not Outcome<Word>.Trapped trapped) continue;
                    var slot = (int)trapped.State.ProgramCounter.Value;
                    found.TryAdd((slot, trapped.Trap), new(slot, trapped.Trap, witness.Input));
                }
            }
        }

        return new(Ordered(), "");

        Sequence<FoundTrap> Ordered() => found.Values.OrderBy(static one => one.Slot).ToSequence();
    }
}
