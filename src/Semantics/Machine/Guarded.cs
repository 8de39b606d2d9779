namespace RbpfSpec.Semantics.Machine;

/// <summary>A refusal: the rule traps with <paramref name="Trap"/> where <paramref name="When"/> holds.</summary>
public readonly record struct Guard<T>(Truth<T> When, Trap Trap)
    where T : IWord<T>;

/// <summary>The result of a rule: the trap of the first guard that holds or, if none does, the value.</summary>
/// <remarks>
/// Plain data: the concrete machine takes the first guard that holds, the symbolic one forks on the guards, a printer
/// lists them. The value is defined even where a guard holds, since operations are total; it is then meaningless.
/// </remarks>
public readonly record struct Guarded<T, TValue>(Sequence<Guard<T>> Guards, TValue Value)
    where T : IWord<T>
{
    /// <summary>This outcome, but with <paramref name="trap"/> where <paramref name="when"/> holds and no earlier guard does.</summary>
    public Guarded<T, TValue> Unless(Truth<T> when, Trap trap) =>
        when.IsKnown(out var holds) && !holds ? this : new(Guards.Add(new(when, trap)), Value);

    /// <summary>The outcome that never traps.</summary>
    public static implicit operator Guarded<T, TValue>(TValue value) => new(default, value);

    /// <summary>The same guards before another value.</summary>
    public Guarded<T, TOther> With<TOther>(TOther value) => new(Guards, value);
}

/// <summary>Begins guarded outcomes.</summary>
public static class Guarded<T>
    where T : IWord<T>
{
    /// <summary>The outcome that never traps.</summary>
    public static Guarded<T, TValue> Of<TValue>(TValue value) => new(default, value);
}

/// <summary>Guarded outcomes of concrete words.</summary>
public static class ConcreteOutcomes
{
    /// <summary>The trap of the first guard that holds; null if none does.</summary>
    public static Trap? FirstTrap<TValue>(this in Guarded<Word, TValue> outcome)
    {
        foreach (var guard in outcome.Guards)
        {
            if (guard.When.Value) return guard.Trap;
        }

        return null;
    }

    /// <summary>The outcome of a step: the trap of the first guard that holds, in the state before, or the value.</summary>
    public static Outcome<Word> From(this in Guarded<Word, Outcome<Word>> step, State<Word> before) =>
        step.FirstTrap() is { } trap ? new Outcome<Word>.Trapped(trap, before) : step.Value;
}
