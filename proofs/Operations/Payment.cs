using RbpfSpec.Proofs.Replays;
using RbpfSpec.Proofs.Setups;
using RbpfSpec.Proving.Claims;
using RbpfSpec.Semantics.Clauses;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Operations;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Operations;

/// <summary>Part of family 8: under a limit of instructions, every step is paid for, and none is taken that cannot be.</summary>
/// <remarks>In any state: nothing is known of the program. Which profile it is makes no difference to the price.</remarks>
public static class Payment
{
    private static Term Left { get; } = Make.Variable("instructions", 64);

    /// <summary>One claim for every setup of the normative profile.</summary>
    public static IEnumerable<Claim> Claims =>
        from form in OperationTable.Forms
        from setup in SetupCatalogue.Of(form, Profile.Rbpf, 1).Select(Limited)
        select new Claim
        {
            Id = $"payment/{setup.Id}",
            Sentence = "A step traps for want of instructions exactly if none is left, whatever else it would trap for; "
                + "a step that does not trap spends one.",
            Source = Clause.Spec("budget"),
            State = () => IsPaid(setup, Step(setup)),
            Mutants = [.. Bugs(setup).Select(bug => new Mutant(bug.Name, () => IsPaid(setup, bug.Effect())))],
        };

    private static Proposition IsPaid(Setup setup, Effect<TermWord> step)
    {
        var effect = setup.Of(step);
        return new(
            setup.Hypotheses,
            effect.TrapsBy(Trap.InstructionBudget).EqualTo(Left.EqualTo(Number(0)))
                & (effect.Trapped | LeftIn(effect.After).EqualTo(Left - Number(1))),
            assignment => Show(setup, effect, assignment));
    }

    private static IEnumerable<(string Name, Func<Effect<TermWord>> Effect)> Bugs(Setup setup)
    {
        yield return ("no trap where none is left", () => Step(setup) is var step ? step with { Guards = Others(step) } : step);
        yield return ("a trap where one is left", () => Step(setup) is var step
            ? step with { Guards = [new(TermTruths.Of(Left.Below(Number(2))), Trap.InstructionBudget), .. Others(step)] }
            : step);
        if (Others(Step(setup)).Any(guard => !guard.When.Term.IsFalse))
        {
            yield return ("what else it would trap for comes first", () => Step(setup) is var step
                ? step with { Guards = [.. Others(step), .. step.Guards.Where(guard => guard.Trap is Trap.InstructionBudget)] }
                : step);
        }

        if (!setup.AlwaysTraps) yield return ("no instruction is spent", () => Unspent(setup, Step(setup)));
    }

    private static Sequence<Guard<TermWord>> Others(Effect<TermWord> step) =>
        [.. step.Guards.Where(guard => guard.Trap is not Trap.InstructionBudget)];

    private static Effect<TermWord> Unspent(Setup setup, Effect<TermWord> step)
    {
        var state = step.Value.State;
        var unspent = state with { Budget = state.Budget with { Instructions = setup.State.Budget.Instructions } };
        return step.With(step.Value is Outcome<TermWord>.Exited
            ? new Outcome<TermWord>.Exited(unspent)
            : new Outcome<TermWord>.Next(unspent));
    }

    private static Setup Limited(Setup setup) => setup with
    {
        State = setup.State with
        {
            Budget = setup.State.Budget with { Instructions = new Allowance<TermWord>.Remaining(new(Left)) },
        },
    };

    private static Effect<TermWord> Step(Setup setup) => ReferenceMachine.Execute(setup.Execution);

    private static Term LeftIn(State<TermWord> state) => state.Budget.Instructions switch
    {
        Allowance<TermWord>.Remaining(var count) => count.Term,
        Allowance<TermWord>.Unlimited => throw new ArgumentException("the setup has a limit", nameof(state)),
    };

    private static Term Number(ulong value) => Make.Constant(value, 64);

    // The concrete machine must do what its terms say, down to what is left.
    private static Replay Show(Setup setup, Effect claimed, Assignment assignment)
    {
        var fields = Concretise.Fields(setup.Fields, assignment);
        var state = Concretise.State(setup.State, assignment, SetupReplay.Host(setup, assignment));
        var step = ReferenceMachine.Execute(new Execution<Word>(setup.Form, fields, state, setup.Profile));
        var left = step.Value.State.Budget.Instructions is Allowance<Word>.Remaining(var count) ? count.Value : 0;
        var (happened, said, mutated) = (SetupReplay.Happened(step), Said(setup.Of(Step(setup))), Said(claimed));
        if ((happened, left) != said && (happened, said.End) is not ({ Registers.IsEmpty: true }, { Registers.IsEmpty: true }))
        {
            return new Replay.NotShown(
                $"the concrete machine comes to '{happened}' with {left} instructions left, its terms to '{said.End}' with {said.Left}");
        }

        var touched = SetupReplay.Touched(setup.Form, fields);
        return happened.Event != said.End.Event
            ? new Replay.NotShown($"the concrete machine comes to '{happened}', its terms to '{said.End}'")
            : new Replay.Shown(
            [
                $"instruction: {SetupReplay.Text(setup.Form, fields)}",
                $"before: {SetupReplay.Before(setup.Form, fields, state)}; instructions left: {assignment.Evaluate(Left)}",
                $"the machine: {Text((happened, left))}",
                .. Text(mutated) == Text((happened, left)) ? (ReadOnlySpan<string>)[] : [$"the mutant: {Text(mutated)}"],
            ]);

        (StepEnd End, ulong Left) Said(Effect effect) =>
            (SetupReplay.Said(effect, assignment), (ulong)assignment.Evaluate(LeftIn(effect.After)));

        string Text((StepEnd End, ulong Left) outcome) =>
            outcome.End.Registers.IsEmpty ? outcome.End.Event : $"{outcome.End.Text(state, touched)}; instructions left: {outcome.Left}";
    }
}
