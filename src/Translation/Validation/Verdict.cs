using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Translation.Native;

namespace RbpfSpec.Translation.Validation;

/// <summary>The result of the validation of native code.</summary>
public abstract record Verdict
{
    private Verdict()
    {
    }

    /// <summary>The native code does what the program does.</summary>
    /// <param name="Cuts">How many cuts were proved.</param>
    /// <param name="Questions">How many questions the solver was asked.</param>
    public sealed record Proved(int Cuts, int Questions) : Verdict;

    /// <summary>It is no native code to speak of: bytes that are no instruction, or a certificate that does not fit.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(string Reason) : Verdict;

    /// <summary>Some values show that it does something else.</summary>
    /// <param name="Cut">From which cut on; null of the code that enters.</param>
    /// <param name="What">What is wrong.</param>
    /// <param name="Values">The values.</param>
    public sealed record Refuted(Cut? Cut, string What, Assignment Values) : Verdict;

    /// <summary>The solver did not say.</summary>
    /// <param name="Cut">From which cut on; null of the code that enters.</param>
    /// <param name="Reason">What it said.</param>
    public sealed record Undecided(Cut? Cut, string Reason) : Verdict;
}
