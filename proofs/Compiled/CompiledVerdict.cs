namespace RbpfSpec.Proofs.Compiled;

/// <summary>The result of the validation of a compiled program.</summary>
public abstract record CompiledVerdict
{
    private CompiledVerdict()
    {
    }

    /// <summary>It does what the rules do.</summary>
    /// <param name="Instructions">How many instructions were compiled.</param>
    /// <param name="Obligations">How many obligations that makes.</param>
    /// <param name="Questions">How many of them a solver was asked.</param>
    public sealed record Proved(int Instructions, int Obligations, int Questions) : CompiledVerdict;

    /// <summary>Some values show that it does something else, or its code is not understood.</summary>
    /// <param name="Slot">The slot of the instruction; null of the way in.</param>
    /// <param name="What">What is wrong.</param>
    public sealed record Refuted(int? Slot, string What) : CompiledVerdict;

    /// <summary>The solver did not say.</summary>
    /// <param name="Slot">The slot of the instruction; null of the way in.</param>
    /// <param name="Reason">What it said.</param>
    public sealed record Undecided(int? Slot, string Reason) : CompiledVerdict;

    /// <summary>It is not compiled: the runtime would not optimise it.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record NotCompiled(string Reason) : CompiledVerdict;
}
