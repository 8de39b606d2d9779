using RbpfSpec.Semantics.Instructions;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Symbolic.Mutations;

/// <summary>A rule with one deliberate mistake in it, which runs over any domain of words.</summary>
/// <remarks>
/// What <c>prove --mutate</c> finds by terms, stated so that a whole machine can make the mistake; and what is no
/// operation of a rule: fields mixed up, effects lost or done twice.
/// </remarks>
public abstract record Mutation
{
    private Mutation(Form form) => Form = form;

    /// <summary>The encoding whose rule is wrong.</summary>
    public Form Form { get; }

    /// <summary>The change, in a few words; no other mutant of the encoding has the same.</summary>
    public abstract string Name { get; }

    /// <summary>What the mistaken rule does.</summary>
    public abstract Effect<T> Execute<T>(in Execution<T> execution)
        where T : IWord<T>;

    /// <summary>The rule id and what is wrong.</summary>
    public sealed override string ToString() => $"{Form.Id}: {Name}";

    /// <summary>The rule on altered words; if there is a change, one of its operations goes wrong.</summary>
    internal static Effect<T> Run<T>(Execution<T> execution, Site site, Change? change)
        where T : IWord<T>
    {
        var altered = Altering<T>.Execution(execution);
        var outcome = AlteredRun.Of(site, change, () => altered.Form.Operation.Execute(altered));
        return Altering<T>.Outcome(outcome, execution.State);
    }

    /// <summary>One operation of the rule is another.</summary>
    /// <param name="Form">The encoding.</param>
    /// <param name="Site">Which operation.</param>
    /// <param name="Change">What it is.</param>
    public sealed record Altered(Form Form, Site Site, Change Change) : Mutation(Form)
    {
        public override string Name => Site.Walk == 0
            ? $"{Change.Name} (operation {Site.Operation})"
            : $"{Change.Name} (operation {Site.Operation} of the walk {Site.Walk} over the regions)";

        public override Effect<T> Execute<T>(in Execution<T> execution) =>
            Run(execution, Site, Change);
    }

    /// <summary>A guard is left out.</summary>
    /// <param name="Form">The encoding.</param>
    /// <param name="Guard">Which one, from 0.</param>
    /// <param name="Trap">Its trap.</param>
    public sealed record Unguarded(Form Form, int Guard, Trap Trap) : Mutation(Form)
    {
        public override string Name => $"no trap {Trap} (guard {Guard})";

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var outcome = Run(execution, default, null);
            return outcome with { Guards = [.. outcome.Guards.Where((_, index) => index != Guard)] };
        }
    }

    /// <summary>The rule reads its fields, or its own encoding, wrong.</summary>
    /// <param name="Form">The encoding.</param>
    /// <param name="Misreading">How.</param>
    public sealed record Misread(Form Form, Misreading Misreading) : Mutation(Form)
    {
        public override string Name => Misreading.Name;

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var read = Misreading.Read(execution);
            return read.Form.Operation.Execute(read);
        }
    }

    /// <summary>The rule is right, and what it does to the state is not done as it says.</summary>
    /// <param name="Form">The encoding.</param>
    /// <param name="Slip">What is done instead.</param>
    public sealed record Slipped(Form Form, Slip Slip) : Mutation(Form)
    {
        public override string Name => Slip.Name;

        public override Effect<T> Execute<T>(in Execution<T> execution)
        {
            var outcome = execution.Form.Operation.Execute(execution);
            return outcome.Value is Outcome<T>.Next next
                ? outcome.With(new Outcome<T>.Next(Slip.After(execution, next.State)))
                : outcome;
        }
    }
}
