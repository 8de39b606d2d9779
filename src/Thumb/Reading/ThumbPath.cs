using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Reading;

/// <summary>One way through some code.</summary>
/// <param name="Condition">What leads there: formulas that all hold.</param>
/// <param name="State">The state then.</param>
/// <param name="End">Where it leads.</param>
public sealed record ThumbPath(ImmutableList<Term> Condition, ArmState<TermWord> State, ThumbEnd End);

/// <summary>How a way through some code ends.</summary>
public abstract record ThumbEnd
{
    private ThumbEnd()
    {
    }

    /// <summary>At an address where the reader was told to stop.</summary>
    public sealed record Reached(uint Address) : ThumbEnd;

    /// <summary>By a branch to an address that is no number: a return.</summary>
    public sealed record Left(Term Target) : ThumbEnd;

    /// <summary>By a fault, or where nothing is said of what code does.</summary>
    /// <param name="Address">Where.</param>
    /// <param name="Reason">Why, in words.</param>
    public sealed record Stuck(uint Address, string Reason) : ThumbEnd;
}

/// <summary>The effect of a called function, taken for granted.</summary>
/// <param name="Requires">When it does so.</param>
/// <param name="Ends">Each way that it can end: when, and the state when it returns to where LR says. One of them always is.</param>
public sealed record Contract(Truth<TermWord> Requires, Sequence<(Truth<TermWord> When, ArmState<TermWord> State)> Ends);
