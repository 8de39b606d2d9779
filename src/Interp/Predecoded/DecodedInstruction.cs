namespace RbpfSpec.Interp.Predecoded;

/// <summary>An instruction as its steps, before those of a program are put together.</summary>
/// <param name="Slot">Its slot.</param>
/// <param name="Next">The slot of the instruction behind it.</param>
/// <param name="Steps">Its steps: what pays, guards, and last its own, whose offset is the slot of the target if it jumps.</param>
internal sealed record DecodedInstruction(int Slot, int Next, Sequence<PredecodedStep> Steps)
{
    /// <summary>The step of the instruction itself.</summary>
    public PredecodedStep Own => Steps[^1];
}
