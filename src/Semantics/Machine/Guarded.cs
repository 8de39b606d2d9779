namespace RbpfSpec.Semantics.Machine;

/// <summary>A refusal: the rule traps with <paramref name="Trap"/> where <paramref name="When"/> holds.</summary>
public readonly record struct Guard<T>(Truth<T> When, Trap Trap)
    where T : IWord<T>;

/// <summary>A word that a rule yields, unless a guard before it holds: the first that does traps.</summary>
/// <remarks>The word is defined even where a guard holds, since operations are total; it is then meaningless.</remarks>
public readonly record struct Guarded<T>(Sequence<Guard<T>> Guards, T Value)
    where T : IWord<T>
{
    /// <summary>The word that never traps.</summary>
    public static implicit operator Guarded<T>(T value) => new(default, value);

    /// <summary>The word that never traps.</summary>
    public static Guarded<T> Of(T value) => new(default, value);

    /// <summary>This word, but with <paramref name="trap"/> where <paramref name="when"/> holds and no earlier guard does.</summary>
    public Guarded<T> Unless(Truth<T> when, Trap trap) => new(Guards.Unless(when, trap), Value);

    /// <summary>The effect of an outcome behind the same guards.</summary>
    public Effect<T> With(Outcome<T> outcome) => new(Guards, outcome);
}

/// <summary>The effect of an instruction: the trap of the first guard that holds or, if none does, the outcome.</summary>
/// <remarks>
/// Plain data: the concrete machine takes the first guard that holds, the symbolic one forks on the guards, a printer
/// lists them. The outcome is defined even where a guard holds, since operations are total; it is then meaningless.
/// </remarks>
public readonly record struct Effect<T>(Sequence<Guard<T>> Guards, Outcome<T> Value)
    where T : IWord<T>
{
    /// <summary>The outcome that never traps.</summary>
    public static implicit operator Effect<T>(Outcome<T> outcome) => new(default, outcome);

    /// <summary>The outcome that never traps.</summary>
    public static Effect<T> Of(Outcome<T> outcome) => new(default, outcome);

    /// <summary>This effect, but with <paramref name="trap"/> where <paramref name="when"/> holds and no earlier guard does.</summary>
    public Effect<T> Unless(Truth<T> when, Trap trap) => new(Guards.Unless(when, trap), Value);

    /// <summary>The same guards before another outcome.</summary>
    public Effect<T> With(Outcome<T> outcome) => new(Guards, outcome);
}

/// <summary>Guards in order.</summary>
public static class Guards
{
    /// <summary>The guards and one more, unless it is known not to hold.</summary>
    internal static Sequence<Guard<T>> Unless<T>(this Sequence<Guard<T>> guards, Truth<T> when, Trap trap)
        where T : IWord<T> => when.IsKnown(out var holds) && !holds ? guards : guards.Add(new(when, trap));

    /// <summary>The trap of the first guard that holds; null if none does.</summary>
    public static Trap? FirstTrap(this Sequence<Guard<Word>> guards)
    {
        foreach (var guard in guards)
        {
            if (guard.When.Value) return guard.Trap;
        }

        return null;
    }

    /// <summary>The result of a step: the trap of the first guard that holds, in the state before, or the outcome.</summary>
    public static Outcome<Word> From(this in Effect<Word> step, State<Word> before) =>
        step.Guards.FirstTrap() is { } trap ? new Outcome<Word>.Trapped(trap, before) : step.Value;
}
