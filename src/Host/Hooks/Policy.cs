namespace RbpfSpec.Host.Hooks;

/// <summary>Whether the containers behind one run, after it has.</summary>
public enum Policy
{
    /// <summary>They do.</summary>
    Continue = 0,

    /// <summary>Not if its result, 64 bits with a sign, is negative.</summary>
    AbortOnNegative = 1,

    /// <summary>Not if its result, 64 bits with a sign, is positive.</summary>
    AbortOnPositive = 2,

    /// <summary>Never.</summary>
    Single = 3,
}

/// <summary>Reads policies.</summary>
public static class Policies
{
    /// <summary>Whether the chain ends after a result.</summary>
    public static bool Stops(this Policy policy, long result) => policy switch
    {
        Policy.Continue => false,
        Policy.AbortOnNegative => result < 0,
        Policy.AbortOnPositive => result > 0,
        Policy.Single => true,
    };

    /// <summary>Whether the chain ends after a run.</summary>
    /// <param name="policy">The policy of the container that ran.</param>
    /// <param name="hasResult">Whether it ran to its end: one that a trap stopped ends no chain.</param>
    /// <param name="result">Its result, if it has one.</param>
    internal static bool Ends(this Policy policy, bool hasResult, long result) => hasResult && policy.Stops(result);
}
