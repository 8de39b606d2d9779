using RbpfSpec.Host;
using RbpfSpec.Mutants;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Proofs.Setups;

/// <summary>One encoding about to execute in an arbitrary state: what claims about rules are made of.</summary>
/// <param name="Form">The encoding.</param>
/// <param name="Variant">What tells setups of one encoding apart, such as a helper's name in brackets; else empty.</param>
/// <param name="Profile">The machine variant.</param>
/// <param name="Fields">The fields: variables where the encoding holds a value, else zero.</param>
/// <param name="State">The state: all variables.</param>
/// <param name="Hypotheses">What is known of fields and state.</param>
public sealed record Setup(
    Form Form,
    string Variant,
    Profile Profile,
    FieldWords<TermWord> Fields,
    State<TermWord> State,
    Sequence<Term> Hypotheses)
{
    /// <summary>The rule id, the variant and the profile: the end of the ids of claims about the setup.</summary>
    public string Id => $"{Form.Id}{Variant}@{Profile.Name}";

    /// <summary>The helpers of the state as functions of concrete words, under a model.</summary>
    public Func<Assignment, Sequence<HelperFunction<Word>>> Helpers { get; init; } = _ => DefaultHost.StoreFunctions<Word>();

    /// <summary>Whether the rule traps here whatever the values are, so that there is nothing else to say.</summary>
    public bool AlwaysTraps => Execute().Trapped.IsTrue;

    /// <summary>The execution that a rule reads.</summary>
    public Execution<TermWord> Execution => new(Form, Fields, State, Profile);

    /// <summary>The access to memory that the instruction itself makes.</summary>
    /// <exception cref="InvalidOperationException">It makes none.</exception>
    public MemoryAccess<TermWord> Access =>
        Form.Operation.AccessOf(Execution) ?? throw new InvalidOperationException($"{Form.Id} accesses no memory");

    /// <summary>The 64-bit destination operand.</summary>
    public Term Destination => Execution.Destination.Term;

    /// <summary>The 64-bit source operand.</summary>
    public Term Source => Execution.Source.Term;

    /// <summary>The setup with known registers in the place of any: nothing of a rule depends on which they are.</summary>
    public Setup WithRegisters(int destination, int source)
    {
        var known = new Dictionary<Term, Term>(ReferenceEqualityComparer.Instance);
        return this with
        {
            Fields = Fields with { Destination = Known(Fields.Destination, destination), Source = Known(Fields.Source, source) },
            Hypotheses = Hypotheses.Map(hypothesis => Dag.Substitute(hypothesis, known)),
        };

        TermWord Known(TermWord field, int number)
        {
            if (field.Term.IsConstant) return field;
            var constant = TermWord.Constant((ulong)number, field.Width);
            known[field.Term] = constant.Term;
            return constant;
        }
    }

    /// <summary>The rule's effect.</summary>
    public Effect Execute() => Effect.Of(this, Form.Operation.Execute(Execution));

    /// <summary>The changes that make a mutant of the rule, one each: of the operations that it asks for in this setup.</summary>
    public Sequence<ChangedOperation> Changes => ChangedOperation.InThisState(Mutable().Execute);

    /// <summary>The effect of the rule with one of its word operations changed.</summary>
    public Effect Execute(ChangedOperation changed) => Effect.Of(this, changed.In(Mutable().Execute));

    /// <summary>The effect of the rule with one of its guards left out.</summary>
    public Effect ExecuteWithout(int guard)
    {
        var outcome = Form.Operation.Execute(Execution);
        return Effect.Of(this, outcome with { Guards = [.. outcome.Guards.Where((_, index) => index != guard)] });
    }

    /// <summary>The effect of another rule in the same setup.</summary>
    public Effect Of(Effect<TermWord> outcome) => Effect.Of(this, outcome);

    // Helpers that are stated over any words can go wrong, too: claims are about them.
    private MutantExecution<TermWord> Mutable() => new(Execution, DefaultHost.StoreFunctions<MutantWord<TermWord>>());
}

/// <summary>The effect of a rule in a setup, as formulas.</summary>
/// <param name="Setup">Before.</param>
/// <param name="Traps">Each guard's trap with the condition under which it is the one that stops the machine, in order.</param>
/// <param name="Outcome">What happens if none does.</param>
public sealed record Effect(Setup Setup, Sequence<(Trap Trap, Term When)> Traps, Outcome<TermWord> Outcome)
{
    /// <summary>The effect that a guarded outcome describes.</summary>
    public static Effect Of(Setup setup, Effect<TermWord> outcome)
    {
        List<(Trap Trap, Term When)> traps = [];
        var earlier = Make.False;
        foreach (var (when, trap) in outcome.Guards)
        {
            traps.Add((trap, when.Term & !earlier));
            earlier |= when.Term;
        }

        return new(setup, traps.ToSequence(), outcome.Value);
    }

    /// <summary>The state after, meaningful where no trap stops the machine.</summary>
    public State<TermWord> After => Outcome.State;

    /// <summary>Whether some trap stops the machine.</summary>
    public Term Trapped => Make.Any(Traps.Select(trap => trap.When));

    /// <summary>Whether a trap is the one that stops the machine.</summary>
    public Term TrapsBy(Trap trap) => Make.Any(Traps.Where(other => other.Trap == trap).Select(other => other.When));

    /// <summary>The value of the register that dst_reg names, afterwards.</summary>
    public Term Destination => After.Registers.Read(Setup.Fields.Destination).Term;

    /// <summary>The value of the register that src_reg names, afterwards.</summary>
    public Term Source => After.Registers.Read(Setup.Fields.Source).Term;

    /// <summary>Whether another effect in the same setup is the same in everything that can be observed.</summary>
    /// <param name="other">The other effect.</param>
    /// <param name="isWithinRegions">Whether of memory only the bytes that regions have count.</param>
    public Term Agrees(Effect other, bool isWithinRegions = false) =>
        Make.All(Traps.Concat(other.Traps).Select(trap => trap.Trap).Distinct().Select(trap => TrapsBy(trap).EqualTo(other.TrapsBy(trap))))
        & (Trapped | (Make.Truth(Outcome.GetType() == other.Outcome.GetType()) & StateTerms.Agree(After, other.After, isWithinRegions)));
}
