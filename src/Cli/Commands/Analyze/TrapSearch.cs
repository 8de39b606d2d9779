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

    // Of a program that could not be analysed at all.
    private const int EnoughOfUnknown = 8;

    // The least lengths are those at which most is lacking; beyond, lengths that often are some number of words.
    private static readonly int[] Lengths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 15, 16, 20, 24, 31, 32, 40, 48, 49, 56, 64, 96, 128];

    /// <summary>Looks for contexts.</summary>
    /// <param name="program">The program.</param>
    /// <param name="start">The start of its runs, but for the context.</param>
    /// <param name="ids">The helpers that it may call.</param>
    /// <param name="report">What is known of it.</param>
    /// <param name="time">How long to look.</param>
    /// <param name="solvers">Where there is a solver to ask.</param>
    public static TrapSearch Of(
        CheckedProgram program, Start start, Sequence<uint> ids, RangeReport report, TimeSpan time, SolverPool solvers)
    {
        var wanted = report.Sites.Where(static site => site.Verdict is not SiteVerdict.Proved)
            .Select(static site => (site.Slot, site.Trap)).ToHashSet();
        Dictionary<(int, Trap), FoundTrap> found = [];
        return solvers.With(Searched, new([], "no solver is here to look for traps"));

        TrapSearch Searched(ISolver session)
        {
            var watch = Stopwatch.StartNew();
            var lengths = Lengths.Where(length => length >= report.Context.Least && length <= report.Context.Greatest).ToList();
            if (!lengths.Contains(report.Context.Least)) lengths.Insert(0, report.Context.Least);
            foreach (var length in lengths)
            {
                if (watch.Elapsed > time) return new(Ordered(), "the search for traps was not ended (--search grants it more)");
                if (IsEnough()) break;
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
                var search = new Search(new Decider(session, TimeSpan.FromSeconds(2)), new(Steps, Paths))
                {
                    Wanted = int.MaxValue,
                    IsLast = IsLast,
                };
                search.Trap(subject, null);
            }

            return new(Ordered(), "");
        }

        // Of each instruction the first context serves, which the concrete machine has confirmed by now.
        bool IsLast(Witness witness)
        {
            if (witness.Ends[0] is Outcome<Word>.Trapped trapped)
            {
                var slot = (int)trapped.State.ProgramCounter.Value;
                found.TryAdd((slot, trapped.Trap), new(slot, trapped.Trap, witness.Input));
            }

            return IsEnough();
        }

        bool IsEnough() => wanted.Count > 0 ? wanted.All(found.ContainsKey) : found.Count >= EnoughOfUnknown;

        Sequence<FoundTrap> Ordered() => found.Values.OrderBy(static one => one.Slot).ToSequence();
    }
}
