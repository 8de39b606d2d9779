using System.Collections.Immutable;
using RbpfSpec.Arm.Machine;
using RbpfSpec.Symbolic.Terms;
using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Translation.Validation;

/// <summary>Where a path of native code ends.</summary>
internal abstract record NativeEnd
{
    private NativeEnd()
    {
    }

    /// <summary>It came to an offset at which there are cuts.</summary>
    /// <param name="Offset">The offset in the code, in bytes.</param>
    public sealed record Arrived(int Offset) : NativeEnd;

    /// <summary>It returned to its caller.</summary>
    public sealed record Returned : NativeEnd;

    /// <summary>It went on to where the caller of native code said.</summary>
    public sealed record Entered : NativeEnd;

    /// <summary>It cannot be followed.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsSeen">Whether a run on numbers shows it; else it is what proofs do not follow.</param>
    public sealed record Lost(string Reason, bool IsSeen = false) : NativeEnd;
}

/// <summary>A path through native code.</summary>
/// <param name="Conditions">What holds of the values that lead along it.</param>
/// <param name="State">The state at its end.</param>
/// <param name="Obligations">What has to hold on the way: no instruction faults.</param>
/// <param name="End">Where it ends.</param>
internal sealed record NativePath(
    ImmutableList<Term> Conditions, ArmState<TermWord> State, ImmutableList<Term> Obligations, NativeEnd End);
