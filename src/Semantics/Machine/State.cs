using System.Runtime.CompilerServices;
using RbpfSpec.Semantics.Host;

namespace RbpfSpec.Semantics.Machine;

/// <summary>What a local call keeps for the caller: where to go on, and r6 to r10.</summary>
/// <param name="ReturnTo">The slot after the call, 64 bits.</param>
/// <param name="Saved">The caller's r6, r7, r8, r9 and r10.</param>
public sealed record Frame<TWord>(TWord ReturnTo, Sequence<TWord> Saved);

/// <summary>The whole state of a run.</summary>
/// <param name="Registers">r0 to r10.</param>
/// <param name="ProgramCounter">The index, in slots, of the instruction to execute next; 64 bits.</param>
/// <param name="Memory">The regions, the stack frames among them.</param>
/// <param name="Frames">The local calls that have not returned, the latest last.</param>
/// <param name="Budget">What the run may still use.</param>
/// <param name="Host">The helper functions and their state.</param>
public sealed record State<TWord, TBit>(
    Registers<TWord, TBit> Registers,
    TWord ProgramCounter,
    Memory<TWord, TBit> Memory,
    Sequence<Frame<TWord>> Frames,
    Budget<TWord, TBit> Budget,
    HostState<TWord, TBit> Host)
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    /// <summary>The program counter plus a number of slots.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TWord After(int slots) => ProgramCounter + TWord.Constant((ulong)slots, Width.Bits64);
}

/// <summary>What one step, or a whole run, comes to.</summary>
public abstract record Outcome<TWord, TBit>
    where TWord : IWord<TWord, TBit>
    where TBit : IBit<TBit>
{
    private Outcome(State<TWord, TBit> state) => State = state;

    /// <summary>The state reached; of a trap, the state before the instruction that trapped.</summary>
    public State<TWord, TBit> State { get; }

    /// <summary>The program goes on.</summary>
    public sealed record Next : Outcome<TWord, TBit>
    {
        /// <summary>Goes on in a state.</summary>
        public Next(State<TWord, TBit> state)
            : base(state)
        {
        }
    }

    /// <summary>The program ends by EXIT; the result is r0.</summary>
    public sealed record Exited : Outcome<TWord, TBit>
    {
        /// <summary>Ends in a state whose program counter is that of the EXIT.</summary>
        public Exited(State<TWord, TBit> state)
            : base(state)
        {
        }

        /// <summary>The 64-bit result.</summary>
        public TWord Result => State.Registers[0];
    }

    /// <summary>The machine stops.</summary>
    public sealed record Trapped : Outcome<TWord, TBit>
    {
        /// <summary>Stops for a reason, in the state before the instruction.</summary>
        public Trapped(Trap trap, State<TWord, TBit> state)
            : base(state) => Trap = trap;

        /// <summary>The reason.</summary>
        public Trap Trap { get; }
    }
}
