using RbpfSpec.Debugging.History;
using RbpfSpec.Debugging.Places;

namespace RbpfSpec.Debugging.Stepping;

/// <summary>A way through a run, until it arrives somewhere.</summary>
internal abstract record Motion
{
    private Motion()
    {
    }

    /// <summary>Goes on to a breakpoint or to the end.</summary>
    public sealed record Continue : Motion;

    /// <summary>Goes on to another instruction or line.</summary>
    /// <param name="Way">Which one.</param>
    /// <param name="ByInstruction">Whether each instruction counts; else each line does, where lines are known.</param>
    /// <param name="From">Where it began.</param>
    public sealed record Step(StepWay Way, bool ByInstruction, Standing From) : Motion
    {
        /// <summary>Whether it ends at a place.</summary>
        public bool Arrives(Standing here) => Way switch
        {
            StepWay.Out => here.Depth < From.Depth,
            StepWay.Over when here.Depth > From.Depth => false,
            StepWay.In or StepWay.Over => ByInstruction || From.Place is null
                || (here.Place is not null && (here.Depth != From.Depth || here.Place != From.Place)),
        };
    }

    /// <summary>Goes back to a breakpoint or to the start.</summary>
    public sealed record Reverse : Motion;

    /// <summary>Goes back to the instruction, or to the begin of the line, that was executed before; calls count as one.</summary>
    /// <param name="ByInstruction">Whether each instruction counts; else each line does, where lines are known.</param>
    /// <param name="From">Where it began.</param>
    /// <param name="Line">The line that it goes back to; null until it has found it.</param>
    /// <param name="Candidate">The earliest place of that line so far.</param>
    public sealed record StepBack(bool ByInstruction, Standing From, Standing? Line, Timeline? Candidate) : Motion;
}

/// <summary>Which instruction or line a step leads to.</summary>
internal enum StepWay
{
    /// <summary>The next one that is executed.</summary>
    In,

    /// <summary>The next one of this function, or of its caller.</summary>
    Over,

    /// <summary>The one of the caller after the call.</summary>
    Out,
}

/// <summary>A place in a run as steps see it.</summary>
/// <param name="Depth">How many local calls have not returned.</param>
/// <param name="Place">The line of source; null if it is not known.</param>
internal sealed record Standing(int Depth, SourcePlace? Place);
