namespace RbpfSpec.Semantics.Machine;

/// <summary>How many more events of one sort a run may have.</summary>
public abstract record Allowance<TCount>
{
    private Allowance()
    {
    }

    /// <summary>As many as it likes.</summary>
    public sealed record Unlimited : Allowance<TCount>;

    /// <summary>This many more.</summary>
    public sealed record Remaining(TCount Count) : Allowance<TCount>;
}

/// <summary>The allowances that a run may still use.</summary>
/// <param name="Branches">Taken branches and local calls together.</param>
/// <param name="Instructions">Instructions; a wide one counts once.</param>
public sealed record Budget<T>(Allowance<T> Branches, Allowance<T> Instructions)
    where T : IWord<T>
{
    /// <summary>The budget after one more branch where <paramref name="taken"/> holds.</summary>
    public Budget<T> AfterBranch(Truth<T> taken) =>
        Branches is Allowance<T>.Unlimited || (taken.IsKnown(out var known) && !known)
            ? this
            : this with { Branches = Spend(Branches, taken) };

    /// <summary>Whether nothing is left of an allowance.</summary>
    public static Truth<T> IsSpent(Allowance<T> allowance) => allowance switch
    {
        Allowance<T>.Unlimited => Truth<T>.Of(false),
        Allowance<T>.Remaining(var count) => T.IsZero(count),
    };

    /// <summary>The allowance after one more event where <paramref name="when"/> holds.</summary>
    public static Allowance<T> Spend(Allowance<T> allowance, Truth<T> when) => allowance switch
    {
        Allowance<T>.Unlimited => allowance,
        Allowance<T>.Remaining(var count) => new Allowance<T>.Remaining(
            T.Choose(when, count - T.Constant(1, count.Width), count)),
    };

    /// <summary>The allowance that a profile's limit stands for, as a word of 64 bits.</summary>
    public static Allowance<T> Of(Allowance<ulong> limit) => limit switch
    {
        Allowance<ulong>.Unlimited => new Allowance<T>.Unlimited(),
        Allowance<ulong>.Remaining(var count) => new Allowance<T>.Remaining(T.Constant(count, Width.Bits64)),
    };
}
