using System.Collections.Immutable;
using RbpfSpec.Ranges.Analysis;
using RbpfSpec.Ranges.Certificates;
using RbpfSpec.Ranges.Findings;
using RbpfSpec.Ranges.Relations;
using RbpfSpec.Ranges.Words;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Validity;
using RbpfSpec.Symbolic.Questions;
using RbpfSpec.Symbolic.Solvers;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Audits;

/// <summary>Something of a certificate that a solver did not prove.</summary>
/// <param name="From">The slot of the instruction that the run is at; -1 where runs begin.</param>
/// <param name="To">The slot that it goes to; null of a trap or a loop.</param>
/// <param name="What">What is not proved.</param>
public sealed record AuditProblem(int From, int? To, string What);

/// <summary>A certificate confirmed, or not, by a solver alone, edge by edge, against the rules.</summary>
/// <remarks>
/// From each claim on, the rules run on terms to the next claims: what they come to must be what is said there, and no trap that is
/// said to be impossible may be raised on the way. None of the code that computes with abstract words, and none that compares claims,
/// takes part: a claim is read as the formula that it means. What follows from claims at all places at once, by induction over the
/// steps of a run, is so of all runs. The bound of all branches is added up of the bounds of loops; that sum is not asked about.
/// </remarks>
/// <param name="Edges">How many edges there are: ways on which runs come to a claim.</param>
/// <param name="Traps">How many traps were proved never to be raised, each wherever runs come to its instruction.</param>
/// <param name="Loops">How many bounds of loops were proved.</param>
/// <param name="Questions">How many questions the solver was asked.</param>
/// <param name="Problems">Everything that is not proved.</param>
public sealed record CertificateAudit(int Edges, int Traps, int Loops, int Questions, Sequence<AuditProblem> Problems)
{
    /// <summary>Whether all is proved.</summary>
    public bool IsProved => Problems.IsEmpty;

    /// <summary>Audits all that a report says.</summary>
    /// <param name="report">The report.</param>
    /// <param name="solver">The session.</param>
    /// <param name="limit">The time for one question.</param>
    public static CertificateAudit Of(RangeReport report, ISolver solver, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(report);
        var proved = report.Sites.Where(static site => site.Verdict is SiteVerdict.Proved)
            .Select(static site => (site.Slot, site.Trap)).ToHashSet();
        var whole = new CertificateAudit(0, 0, 0, 0, []);
        foreach (var one in report.Confirmed)
        {
            var part = Of(one, one.States, proved, solver, limit);
            whole = new(
                whole.Edges + part.Edges,
                whole.Traps + part.Traps,
                whole.Loops + part.Loops,
                whole.Questions + part.Questions,
                [.. whole.Problems, .. part.Problems]);
        }

        return whole;
    }

    /// <summary>Audits the claims of one case.</summary>
    /// <param name="confirmed">The case, of which program, control flow, and the nodes that runs come to are taken.</param>
    /// <param name="states">The claims, by node.</param>
    /// <param name="proved">The traps that are said to be impossible, with their slots.</param>
    /// <param name="solver">The session.</param>
    /// <param name="limit">The time for one question.</param>
    public static CertificateAudit Of(
        CheckedCase.True confirmed,
        IReadOnlyDictionary<int, AbstractState> states,
        IReadOnlySet<(int Slot, Trap Trap)> proved,
        ISolver solver,
        TimeSpan limit)
    {
        var audit = new Auditor(confirmed, states, proved, solver, limit);
        return audit.Run();
    }

    private sealed class Auditor(
        CheckedCase.True confirmed,
        IReadOnlyDictionary<int, AbstractState> states,
        IReadOnlySet<(int Slot, Trap Trap)> proved,
        ISolver solver,
        TimeSpan limit)
    {
        private readonly ControlFlow flow = confirmed.Flow;
        private readonly AnalysedProgram program = confirmed.Program;
        private readonly List<AuditProblem> problems = [];
        private ImmutableList<Term> known = [];
        private int at;
        private int edges;
        private int traps;
        private int loops;
        private int questions;
        private int names;

        public CertificateAudit Run()
        {
            var initial = State(flow.Nodes[0].Slot, program.Initial());
            if (flow.IsMeeting(0)) Arrive(-1, 0, initial);
            else Walk(0, initial);
            foreach (var (node, claim) in states.OrderBy(static pair => pair.Key))
            {
                var state = State(flow.Nodes[node].Slot, claim);
                foreach (var loop in flow.Loops.Where(loop => loop.Head == node)) Bound(loop, state);
                Walk(node, state);
            }

            return new(edges, traps, loops, questions, problems.ToSequence());
        }

        private AuditedState State(int slot, AbstractState claim) =>
            AuditedState.Of(program, slot, claim, IsPossible, BoundsOf, Fresh);

        private TermWord Fresh(Width width) =>
            TermWord.Variable(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"any{names++}"), width);

        // From a claim on all ways, each to the next claim.
        private void Walk(int from, AuditedState first)
        {
            Stack<(int Node, AuditedState State)> waiting = [];
            waiting.Push((from, first));
            while (waiting.TryPop(out var at))
            {
                foreach (var (to, state) in Next(at.Node, at.State))
                {
                    if (flow.IsMeeting(to)) Arrive(at.Node, to, state);
                    else if (confirmed.Visits.ContainsKey(to)) waiting.Push((to, state));
                    else Prove(state.Known, Make.False, () => new(Slot(at.Node), Slot(to), "that no run goes there"));
                }
            }
        }

        private IEnumerable<(int Node, AuditedState State)> Next(int node, AuditedState before)
        {
            var slot = Slot(node);
            (known, at) = (before.Known, node);
            var effect = program.Machine.Step(before.Machine with { ProgramCounter = TermWord.Constant((ulong)slot, Width.Bits64) });
            traps += proved.Count(site => site.Slot == slot);
            foreach (var (when, trap) in effect.Guards)
            {
                if (proved.Contains((slot, trap)))
                {
                    Prove(known, !when.Term, () => new(slot, null, $"that it raises no {trap}"));
                }

                known = known.Add(!when.Term);
            }

            if (effect.Value is not Outcome<TermWord>.Next { State: var after }) return [];
            if (SpoiltBy(slot, before, after) is { } spoilt) after = after with { Memory = spoilt };
            var values = before.Values;
            for (var i = 0; i < Registers<TermWord>.Count; i++)
            {
                if (!ReferenceEquals(after.Registers[i].Term, before.Machine.Registers[i].Term))
                    values = values.SetItem(Numbers.Made(node, i), after.Registers[i].Term);
            }

            return Successors(node, new(after, values, before.Rounds, known));
        }

        private IEnumerable<(int Node, AuditedState State)> Successors(int node, AuditedState after)
        {
            var counter = after.Machine.ProgramCounter.Term;
            if (counter.IsConstant) return To(node, counter, after);
            if (counter.Operator is not Operator.Choose || !counter.Second.IsConstant || !counter.Third.IsConstant)
                throw new InvalidOperationException($"the program counter {counter} after slot {Slot(node)}");
            return
            [
                .. To(node, counter.Second, after with { Known = after.Known.Add(counter.First) }),
                .. To(node, counter.Third, after with { Known = after.Known.Add(!counter.First) }),
            ];
        }

        private IEnumerable<(int Node, AuditedState State)> To(int node, Term slot, AuditedState state)
        {
            foreach (var to in flow.Next[node])
            {
                if ((ulong)Slot(to) == (ulong)slot.Value && flow.Nodes[to].Calls.Count == state.Memory.Frames.Count - 1)
                    return [(to, state)];
            }

            Prove(state.Known, Make.False, () => new(Slot(node), (int)(ulong)slot.Value, "that no run goes there"));
            return [];
        }

        // The memory after what a helper may have written to the views that it may write; null if there are none.
        private AuditedMemory? SpoiltBy(int slot, AuditedState before, State<TermWord> after)
        {
            if (program.Machine.At(slot) is not Decoded.Valid({ Form.Operation: CallOperation.ByHelperId } call)) return null;
            if (program.Helpers.FirstOrDefault(helper => helper.Id == (uint)call.Immediate) is not { } helper) return null;
            AuditedMemory? memory = null;
            for (var i = 0; i < helper.Arguments.Count; i++)
            {
                if (helper.Arguments[i] is not ArgumentKind.Writable(var count)) continue;
                memory = (memory ?? (AuditedMemory)after.Memory).Spoilt(before.Machine.Registers[i + 1], count switch
                {
                    ByteCount.Fixed(var bytes) => TermWord.Constant(bytes, Width.Bits64),
                    ByteCount.InArgument(var argument) => before.Machine.Registers[argument],
                    ByteCount.RestOfRegion => TermWord.Constant(ulong.MaxValue, Width.Bits64),
                });
            }

            return memory;
        }

        private void Arrive(int from, int to, AuditedState state)
        {
            edges++;
            var slot = from < 0 ? -1 : Slot(from);
            if (!states.TryGetValue(to, out var claim))
            {
                Prove(state.Known, Make.False, () => new(slot, Slot(to), "that no run goes there"));
                return;
            }

            if (flow.Loops.Any(loop => loop.Head == to))
            {
                var rounds = !flow.IsBack(from, to) ? Make.Constant(0, 64)
                    : (state.Rounds.GetValueOrDefault(to) ?? Fresh(Width.Bits64).Term) + 1;
                state = state with { Rounds = state.Rounds.SetItem(to, rounds) };
            }

            var says = state.Says(to, claim).Where(static said => !said.Holds.IsTrue).ToList();
            Prove(state.Known, Make.All(says.Select(static said => said.Holds)), () => new(
                slot, Slot(to), says.FirstOrDefault(said => !Follows(state.Known, said.Holds)).About ?? "all of it at once"));
        }

        private void Bound(FlowLoop loop, AuditedState state)
        {
            if (!confirmed.Visits.ContainsKey(loop.Head)) return;
            var finding = LoopFinding.Of(confirmed, loop);
            if (!state.Rounds.TryGetValue(loop.Head, out var rounds)) return;
            if (finding.Rounds is { } most)
            {
                loops++;
                Prove(state.Known, !Make.Constant(most, 64).Below(rounds), () => Unbounded(finding));
            }

            if (finding.InLength is not var (multiple, form)) return;

            // The rounds as one more value, which no other has the number of.
            const long Number = long.MaxValue;
            var below = LinearForm.Combine(form, 1, LinearForm.Of(Number, multiple, 0), -1)!;
            var holds = Meaning.IsAtLeastZero(below, number => number == Number ? rounds : state.Values.GetValueOrDefault(number));
            loops++;
            Prove(state.Known, holds ?? Make.False, () => Unbounded(finding));
        }

        private static AuditProblem Unbounded(LoopFinding finding) =>
            new(finding.Slot, null, $"that it begins anew {finding.Text} times");

        private int Slot(int node) => flow.Nodes[node].Slot;

        private void Prove(ImmutableList<Term> given, Term goal, Func<AuditProblem> problem)
        {
            if (!Follows(given, goal)) problems.Add(problem());
        }

        private bool IsPossible(Term term) => !Follows(known, !term);

        // What the checker says of an address, which is not relied on: the solver is asked whether it is so.
        private (ulong Least, ulong Greatest) BoundsOf(TermWord address)
        {
            if (!confirmed.Visits.TryGetValue(at, out var visited)) return (0, ulong.MaxValue);
            if (program.Machine.At(Slot(at)) is not Decoded.Valid(var instruction)) return (0, ulong.MaxValue);
            var execution = new Execution<RangeWord>(
                instruction.Form, instruction.Fields<RangeWord>(), program.StateOf(Slot(at), visited.State), program.Profile);
            if (instruction.Form.Operation.AccessOf(execution) is not { Address.Values: var values }) return (0, ulong.MaxValue);
            var (least, greatest) = (values.Least.Value, values.Greatest.Value);
            var within = !address.Term.Below(least) & !Make.Constant(greatest, 64).Below(address.Term);
            return Follows(known, within) ? (least, greatest) : (0, ulong.MaxValue);
        }

        private bool Follows(ImmutableList<Term> given, Term goal)
        {
            if (goal.IsTrue || given.Any(static fact => fact.IsFalse)) return true;
            questions++;
            return solver.Solve(new Question([.. given, !goal]).Script, limit) is Reply.Unsatisfiable;
        }
    }
}
