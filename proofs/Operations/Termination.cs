using RbpfSpec.Proofs.Programs;
using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proofs.Validity;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>Family 8: a run of a program that passes the preflight check ends, after a number of steps known before it starts.</summary>
/// <remarks>
/// The measure is the pair of 2·B + depth, with B the branches left and depth the frames of local calls, and of the slots
/// left before the end of the program: the first never grows, has at most 2·B + 1 values from the start on, and while it
/// stays the same the second falls. Nothing is claimed of unlimited allowances: such a run may not end.
/// </remarks>
public static class Termination
{
    // Twice as many, plus the frames, are still a number of 64 bits.
    private const ulong BranchBound = 1UL << 62;

    private const ulong DepthBound = 1UL << 32;

    /// <summary>Every claim of the family.</summary>
    public static IEnumerable<Claim> Claims => [Measure, .. Steps];

    private static Claim Measure
    {
        get
        {
            return new()
            {
                Id = "termination/measure",
                Sentence = "With B < 2^62 branches left, spending one lowers 2·B + depth even if a frame is added, "
                    + "and so does removing a frame; so a run of a program of N slots takes at most (2·B + 1)·N steps.",
                Source = Clause.Spec("budget"),
                State = () => About(2),
                Mutants = [new("branches count once", () => About(1))],
            };

            static Proposition About(ulong weight)
            {
                var (branches, depth) = (Make.Variable("branches", 64), Make.Variable("depth", 64));
                var before = Of(branches, depth);
                return new(
                    [
                        branches.Below(Make.Constant(BranchBound, 64)),
                        depth.Below(Make.Constant(DepthBound, 64)),
                    ],
                    branches.DiffersFrom(0).Implies(Of(OneLess(branches), depth + 1).Below(before))
                        & depth.DiffersFrom(0).Implies(Of(branches, OneLess(depth)).Below(before)),
                    assignment => Weighed(weight, (ulong)assignment.Evaluate(branches), (ulong)assignment.Evaluate(depth)));

                Term Of(Term count, Term frames) =>
                    (Make.Constant(weight, 64) * count) + frames;
            }
        }
    }

    // The same in the numbers of the host: a spent branch that adds a frame, and a frame removed.
    private static Replay Weighed(ulong weight, ulong branches, ulong depth)
    {
        var before = (weight * branches) + depth;
        var afterCall = (weight * (branches - 1)) + depth + 1;
        return (branches == 0 || afterCall < before) && (depth == 0 || before - 1 < before)
            ? new Replay.NotShown($"{branches} branches and {depth} frames weigh {before}, after a call {afterCall}")
            : new Replay.Shown([$"{branches} branches left, {depth} frames: {before}; after a call: {afterCall}"]);
    }

    private static IEnumerable<Claim> Steps =>
        from profile in SetupCatalogue.Profiles
        where profile.BranchLimit is Allowance<ulong>.Remaining
        from form in OperationTable.Forms
        from setup in CheckedSetup.Of(form, profile).Select(setup => setup.Limited)
        select new Claim
        {
            Id = $"termination/{setup.Setup.Id}",
            Sentence = "A step that goes on spends one instruction; and it spends one branch and adds at most one frame, "
                + "or removes a frame and spends no branch, or changes neither and moves on within the program.",
            Source = Clause.Spec("budget"),
            State = () => Descends(setup, setup.Execute(), []),
            Lemmas = [PreflightSoundness.After[form.Layout.Slots]],
            Mutants =
            [
                .. Bugs(setup).Select(bug => new Mutant(bug.Name, () => Descends(setup, bug.Effect(), AnyProgram.IsShort(setup.Slot)))),
            ],
        };

    // Of each step the bug that would keep it from ending. What an instruction costs is the same code for all: EXIT stands for it.
    private static IEnumerable<(string Name, Func<Effect<TermWord>> Effect)> Bugs(CheckedSetup setup) =>
        setup.Setup.Form switch
        {
            { Displacement.IsEmpty: false } => [("no branch is spent", () => Unspent(setup))],
            { Operation: CallOperation.Exit } =>
                [("it stays where it is", () => Staying(setup)), ("no instruction is spent", () => Unpaid(setup))],
            _ => [("it stays where it is", () => Staying(setup))],
        };

    private static Proposition Descends(
        CheckedSetup setup, Effect<TermWord> guarded, IEnumerable<Term> more)
    {
        var (before, effect) = (setup.Setup.State, Effect.Of(setup.Setup, guarded));
        var after = effect.After;
        var (left, then) = (Count(before.Budget.Branches), Count(after.Budget.Branches));
        var depth = after.Frames.Count - before.Frames.Count;
        var isSame = then.EqualTo(left);
        var isOneLess = left.DiffersFrom(0) & then.EqualTo(OneLess(left));
        var movesOn = TermWord.LessUnsigned(before.ProgramCounter, after.ProgramCounter).Term
            & AnyProgram.IsInside(after.ProgramCounter).Term;
        var goesOn = effect.Outcome is not Outcome<TermWord>.Next ? Make.True : Make.Any(
            isOneLess & Make.Truth(depth <= 1),
            isSame & Make.Truth(depth < 0),
            Make.All(isSame, Make.Truth(depth == 0), movesOn));
        var spends = Count(before.Budget.Instructions).DiffersFrom(0)
            & Count(after.Budget.Instructions).EqualTo(OneLess(Count(before.Budget.Instructions)));
        return setup.About(
            [],
            [.. more, .. effect.Traps.Select(trap => !trap.When)],
            Split(after.ProgramCounter.Term, goesOn & spends),
            assignment => StepReplay.Of(
                setup,
                guarded,
                [],
                [
                    $"branches left: {assignment.Evaluate(left)}, then {assignment.Evaluate(then)}",
                    $"frames: {before.Frames.Count}, then {after.Frames.Count}",
                    $"instructions left: {assignment.Evaluate(Count(before.Budget.Instructions))}, "
                    + $"then {assignment.Evaluate(Count(after.Budget.Instructions))}",
                ],
                assignment));
    }

    // A taken branch and one not taken apart: what each comes to is then known as it stands.
    private static Term Split(Term programCounter, Term conclusion)
    {
        if (programCounter.Operator is not Operator.Choose) return conclusion;
        var taken = programCounter.First;
        return taken.Implies(With(Make.True)) & (!taken).Implies(With(Make.False));

        Term With(Term value) =>
            Dag.Substitute(conclusion, new Dictionary<Term, Term>(ReferenceEqualityComparer.Instance) { [taken] = value });
    }

    private static Term OneLess(Term count) => count - 1;

    private static Term Count(Allowance<TermWord> allowance) => allowance switch
    {
        Allowance<TermWord>.Unlimited => throw new ArgumentException("nothing is claimed of unlimited allowances", nameof(allowance)),
        Allowance<TermWord>.Remaining(var count) => count.Term,
    };

    private static Effect<TermWord> Staying(CheckedSetup setup)
    {
        var (before, after) = (setup.Setup.State, setup.Execute().Value.State);
        return With(setup, before with { Budget = before.Budget with { Instructions = after.Budget.Instructions } });
    }

    private static Effect<TermWord> Unpaid(CheckedSetup setup)
    {
        var effect = setup.Execute();
        var state = effect.Value.State;
        var unpaid = state with { Budget = state.Budget with { Instructions = setup.Setup.State.Budget.Instructions } };
        return effect.With(effect.Value is Outcome<TermWord>.Exited
            ? new Outcome<TermWord>.Exited(unpaid)
            : new Outcome<TermWord>.Next(unpaid));
    }

    private static Effect<TermWord> Unspent(CheckedSetup setup)
    {
        var state = setup.Execute().Value.State;
        return With(setup, state with { Budget = state.Budget with { Branches = setup.Setup.State.Budget.Branches } });
    }

    private static Effect<TermWord> With(CheckedSetup setup, State<TermWord> state) =>
        setup.Execute().With(new Outcome<TermWord>.Next(state));
}
