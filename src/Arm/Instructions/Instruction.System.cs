using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Arm.Instructions;

/// <summary>The instructions that a single thread does not feel.</summary>
public enum Hint
{
    /// <summary>NOP.</summary>
    Nop,

    /// <summary>YIELD.</summary>
    Yield,

    /// <summary>WFE.</summary>
    WaitForEvent,

    /// <summary>WFI.</summary>
    WaitForInterrupt,

    /// <summary>SEV.</summary>
    SendEvent,
}

/// <summary>The kind of a barrier; the numbers are those of the encodings.</summary>
public enum BarrierKind
{
    /// <summary>DSB: what comes after waits for the accesses before.</summary>
    DataSynchronisation = 4,

    /// <summary>DMB: the accesses before are seen before those after.</summary>
    DataMemory = 5,

    /// <summary>ISB: what comes after is fetched anew.</summary>
    InstructionSynchronisation = 6,
}

public abstract partial record Instruction
{
    /// <summary>NOP, YIELD, WFE, WFI and SEV: nothing, in a state of one thread.</summary>
    /// <param name="Hint">Which.</param>
    public sealed record NoOperation(Hint Hint = Hint.Nop) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) => execution.Next;
    }

    /// <summary>DSB, DMB and ISB: nothing, in a state of one thread whose code does not change.</summary>
    /// <param name="Kind">What it orders.</param>
    /// <param name="Option">The four bits of the encoding; 15 is the whole system.</param>
    public sealed record MemoryBarrier(BarrierKind Kind, int Option = 15) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) => execution.Next;
    }

    /// <summary>BKPT.</summary>
    /// <param name="Number">What the debugger reads, 8 bits.</param>
    public sealed record Breakpoint(uint Number) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) =>
            execution.Next.Unless(Truth<T>.Of(true), Fault.Breakpoint);
    }

    /// <summary>SVC.</summary>
    /// <param name="Number">What the handler reads, 8 bits.</param>
    public sealed record SupervisorCall(uint Number) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) =>
            execution.Next.Unless(Truth<T>.Of(true), Fault.SupervisorCall);
    }

    /// <summary>UDF: the instruction that is undefined for good.</summary>
    /// <param name="Number">What a handler may read, 8 bits; of T2 16.</param>
    public sealed record Undefined(uint Number) : Instruction
    {
        private protected override Effect<T> Apply<T>(in Execution<T> execution) =>
            execution.Next.Unless(Truth<T>.Of(true), Fault.Undefined);
    }
}
