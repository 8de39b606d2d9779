
namespace RbpfSpec.Semantics.Machine;

/// <summary>A refusal: the rule traps with <paramref name="Trap"/> where <paramref name="When"/> holds.</summary>
public readonly record struct Guard<TBit>(TBit When, Trap Trap)
    where TBit : IBit<TBit>;

/// <summary>What a rule yields: the trap of the first guard that holds or, if none does, the value.</summary>
/// <remarks>
/// Plain data: the concrete machine takes the first guard that holds, the symbolic one forks on the guards, a printer
/// lists them. The value is defined even where a guard holds, since operations are total; it is then meaningless.
/// </remarks>
public readonly record struct Guarded<TBit, TValue>(Sequence<Guard<TBit>> Guards, TValue Value)
    where TBit : IBit<TBit>
{
    /// <summary>This outcome, but with <paramref name="trap"/> where <paramref name="when"/> holds and no earlier guard does.</summary>
    public Guarded<TBit, TValue> Unless(TBit when, Trap trap) =>
        when.IsKnown(out var holds) && !holds ? this : new(Guards.Add(new(when, trap)), Value);

    /// <summary>The same guards before another value.</summary>
    public Guarded<TBit, TOther> With<TOther>(TOther value) => new(Guards, value);
}

/// <summary>Begins guarded outcomes.</summary>
public static class Guarded<TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The outcome that never traps.</summary>
    public static Guarded<TBit, TValue> Of<TValue>(TValue value) => new(default, value);
}
