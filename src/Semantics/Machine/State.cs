using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Semantics.Machine;

/// <summary>The frame of a local call, kept for the caller: where to go on, and r6 to r10.</summary>
/// <param name="ReturnTo">The slot after the call, 64 bits.</param>
/// <param name="Saved">The caller's r6, r7, r8, r9 and r10.</param>
public sealed record Frame<T>(T ReturnTo, Sequence<T> Saved);

/// <summary>The whole state of a run.</summary>
/// <param name="Registers">r0 to r10.</param>
/// <param name="ProgramCounter">The index, in slots, of the instruction to execute next; 64 bits.</param>
/// <param name="Memory">The regions, the stack frames among them.</param>
/// <param name="Frames">The local calls that have not returned, the latest last.</param>
/// <param name="Budget">What the run may still use.</param>
/// <param name="Host">The helper functions and their state.</param>
public sealed record State<T>(
    IRegisters<T> Registers,
    T ProgramCounter,
    IMemory<T> Memory,
    Sequence<Frame<T>> Frames,
    Budget<T> Budget,
    HostState<T> Host)
    where T : IWord<T>
{
    /// <summary>The program counter plus a number of slots.</summary>
    public T After(int slots) => ProgramCounter + T.Constant((ulong)slots, Width.Bits64);

    /// <summary>Whether no instruction is left that it could pay for.</summary>
    public Truth<T> CannotPay() => Budget<T>.IsSpent(Budget.Instructions);

    /// <summary>The state with one instruction paid for: what a rule sees. A trap of it leaves the one before.</summary>
    public State<T> Paid() => this with { Budget = Budget with { Instructions = Budget<T>.Spend(Budget.Instructions, Truth<T>.Of(true)) } };
}

/// <summary>The outcome of one step, or of a whole run.</summary>
public abstract record Outcome<T>
    where T : IWord<T>
{
    private Outcome(State<T> state) => State = state;

    /// <summary>The state reached; of a trap, the state before the instruction that trapped.</summary>
    public State<T> State { get; }

    /// <summary>The program goes on.</summary>
    public sealed record Next : Outcome<T>
    {
        /// <summary>Goes on in a state.</summary>
        public Next(State<T> state)
            : base(state)
        {
        }
    }

    /// <summary>The program ends by EXIT; the result is r0.</summary>
    public sealed record Exited : Outcome<T>
    {
        /// <summary>Ends in a state whose program counter is that of the EXIT.</summary>
        public Exited(State<T> state)
            : base(state)
        {
        }

        /// <summary>The 64-bit result.</summary>
        public T Result => State.Registers[0];
    }

    /// <summary>The machine stops.</summary>
    public sealed record Trapped : Outcome<T>
    {
        /// <summary>Stops for a reason, in the state before the instruction.</summary>
        public Trapped(Trap trap, State<T> state)
            : base(state) => Trap = trap;

        /// <summary>The reason.</summary>
        public Trap Trap { get; }
    }
}
