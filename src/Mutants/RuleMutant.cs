using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Mutants;

/// <summary>A rule with one deliberate change, which runs over any domain of words.</summary>
/// <remarks>
/// There are four kinds: an operation of the rule is another (<see cref="OperationMutant"/>), a guard is left out
/// (<see cref="GuardMutant"/>), a field is read wrong (<see cref="FieldMutant"/>), an effect is lost or done in excess
/// (<see cref="EffectMutant"/>).
/// </remarks>
public abstract record RuleMutant
{
    private protected RuleMutant(Form form) => Form = form;

    /// <summary>The encoding whose rule is wrong.</summary>
    public Form Form { get; }

    /// <summary>The change, in a few words; no other mutant of the encoding has the same.</summary>
    public abstract string Name { get; }

    /// <summary>The effect of the wrong rule.</summary>
    public abstract Effect<T> Execute<T>(in Execution<T> execution)
        where T : IWord<T>;

    /// <summary>The rule id and the change.</summary>
    public sealed override string ToString() => $"{Form.Id}: {Name}";
}

/// <summary>One operation of the rule is another.</summary>
/// <param name="Form">The encoding.</param>
/// <param name="Changed">The operation, and the change.</param>
public sealed record OperationMutant(Form Form, ChangedOperation Changed) : RuleMutant(Form)
{
    public override string Name => Changed.Place.Walk == 0
        ? $"{Changed.Change.Name} (operation {Changed.Place.Operation})"
        : $"{Changed.Change.Name} (operation {Changed.Place.Operation} of the walk {Changed.Place.Walk} over the regions)";

    public override Effect<T> Execute<T>(in Execution<T> execution) =>
        MutantRun.With(Changed, MutantScope.EveryState, new MutantExecution<T>(execution).Execute).Result;
}

/// <summary>A guard is left out.</summary>
/// <param name="Form">The encoding.</param>
/// <param name="Guard">Which one, from 0.</param>
/// <param name="Trap">Its trap.</param>
public sealed record GuardMutant(Form Form, int Guard, Trap Trap) : RuleMutant(Form)
{
    public override string Name => $"no trap {Trap} (guard {Guard})";

    public override Effect<T> Execute<T>(in Execution<T> execution)
    {
        // On mutant words, which hide what is known: so there are as many guards in every state.
        var effect = new MutantExecution<T>(execution).Execute();
        return effect with { Guards = [.. effect.Guards.Where((_, index) => index != Guard)] };
    }
}
