using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Paths;

/// <summary>How a path ends.</summary>
public abstract record ThumbEnd
{
    private ThumbEnd()
    {
    }

    /// <summary>It comes to a cut.</summary>
    /// <param name="Address">The address of the cut.</param>
    public sealed record Reached(uint Address) : ThumbEnd;

    /// <summary>It goes on where a term says that is no constant, as after a return to an unknown caller.</summary>
    /// <param name="Target">The address of the next instruction, 32 bits, even.</param>
    public sealed record Left(Term Target) : ThumbEnd;

    /// <summary>An instruction faults; the state is the one before it.</summary>
    /// <param name="Fault">Why.</param>
    /// <param name="Address">The address of the instruction.</param>
    public sealed record Faulted(Fault Fault, uint Address) : ThumbEnd;

    /// <summary>It was not followed further; nothing is known of what comes.</summary>
    /// <param name="Reason">Why, one line.</param>
    /// <param name="Address">The address of the instruction that is next.</param>
    public sealed record Stopped(string Reason, uint Address) : ThumbEnd;
}

/// <summary>A path of code over terms from a start to an end.</summary>
/// <param name="Condition">What led along it.</param>
/// <param name="State">The state at its end.</param>
/// <param name="End">How it ends.</param>
/// <param name="Steps">How many instructions were executed along it; of paths that were joined the most.</param>
public sealed record ThumbPath(PathCondition Condition, ArmState<TermWord> State, ThumbEnd End, int Steps);

/// <summary>What a called function does, in place of its code.</summary>
/// <param name="State">The state when it returns; the caller goes on at the link register of before.</param>
/// <param name="Assumptions">What is assumed of the terms that are new in it.</param>
public sealed record ContractResult(ArmState<TermWord> State, Sequence<Term> Assumptions = default);

/// <summary>The effect of calling a function in a state.</summary>
/// <param name="state">The state at its first instruction.</param>
public delegate ContractResult ThumbContract(ArmState<TermWord> state);
