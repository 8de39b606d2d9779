
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

/// <summary>What a run may still use.</summary>
/// <param name="Branches">Taken branches and local calls together.</param>
/// <param name="Instructions">Instructions; a wide one counts once.</param>
public sealed record Budget<TWord, TBit>(Allowance<TWord> Branches, Allowance<TWord> Instructions)
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The budget after one more branch where <paramref name="taken"/> holds.</summary>
    public Budget<TWord, TBit> AfterBranch(TBit taken) =>
        Branches is Allowance<TWord>.Unlimited || (taken.IsKnown(out var known) && !known)
            ? this
            : this with { Branches = Spend(Branches, taken) };

    /// <summary>Whether nothing is left of an allowance.</summary>
    public static TBit IsSpent(Allowance<TWord> allowance) => allowance switch
    {
        Allowance<TWord>.Unlimited => TBit.Of(false),
        Allowance<TWord>.Remaining(var count) => TWord.IsZero(count),
    };

    /// <summary>The allowance after one more event where <paramref name="when"/> holds.</summary>
    public static Allowance<TWord> Spend(Allowance<TWord> allowance, TBit when) => allowance switch
    {
        Allowance<TWord>.Unlimited => allowance,
        Allowance<TWord>.Remaining(var count) => new Allowance<TWord>.Remaining(
            TWord.Choose(when, count - TWord.Constant(1, count.Width), count)),
    };

    /// <summary>The allowance that a profile's limit stands for, as a word of 64 bits.</summary>
    public static Allowance<TWord> Of(Allowance<ulong> limit) => limit switch
    {
        Allowance<ulong>.Unlimited => new Allowance<TWord>.Unlimited(),
        Allowance<ulong>.Remaining(var count) => new Allowance<TWord>.Remaining(TWord.Constant(count, Width.Bits64)),
    };
}
