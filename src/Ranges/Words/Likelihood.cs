using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Ranges.Words;

/// <summary>Whether something happens on the runs that an abstract state stands for.</summary>
public enum Likelihood
{
    /// <summary>On none.</summary>
    Impossible,

    /// <summary>On some perhaps.</summary>
    Possible,

    /// <summary>On all.</summary>
    Certain,
}

/// <summary>Reads guards of rules on abstract words.</summary>
public static class Likelihoods
{
    /// <summary>Whether a truth value is so: never, perhaps, always.</summary>
    public static Likelihood Likelihood(this Truth<RangeWord> truth) => truth.IsKnown(out var value)
        ? value ? Words.Likelihood.Certain : Words.Likelihood.Impossible
        : Words.Likelihood.Possible;

    /// <summary>Whether an instruction traps in some way, whatever guards come before.</summary>
    public static Likelihood Traps(this in Effect<RangeWord> effect, Trap trap)
    {
        var likelihood = Words.Likelihood.Impossible;
        foreach (var guard in effect.Guards)
        {
            if (guard.Trap != trap) continue;
            var one = guard.When.Likelihood();
            if (one > likelihood) likelihood = one;
        }

        return likelihood;
    }
}
