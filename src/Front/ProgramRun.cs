using RbpfSpec.Semantics.Reports;

namespace RbpfSpec;

/// <summary>The end of a run.</summary>
public abstract record RunEnd
{
    private RunEnd() { }

    /// <summary>The program ended.</summary>
    /// <param name="Result">Its result, r0: 64 bits.</param>
    public sealed record Exited(ulong Result) : RunEnd;

    /// <summary>The machine stopped at an instruction.</summary>
    /// <param name="Report">Which trap, at which slot, and what happened.</param>
    public sealed record Trapped(TrapReport Report) : RunEnd;
}

/// <summary>A run of a program from its entry to its end.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Instructions">How many instructions it executed.</param>
/// <param name="Context">The bytes of the context after it.</param>
/// <param name="Output">The texts that the program printed, in order.</param>
public sealed record ProgramRun(RunEnd End, ulong Instructions, Sequence<byte> Context, Sequence<string> Output);
