using System.Runtime.InteropServices;
using RbpfSpec.Interp.Pinned;

namespace RbpfSpec.Interp.Predecoded;

/// <summary>A program as the engines run it: steps in memory that never moves.</summary>
internal sealed class PredecodedProgram
{
    private readonly PinnedBytes steps;
    private readonly int[] firstStep;
    private readonly int[] slots;

    // Safe: the steps are pinned, and this object holds them.
    private readonly unsafe PredecodedStep* first;

    /// <summary>A program of some steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="firstStep">Of each slot its first step; -1 where no instruction starts.</param>
    /// <param name="slots">Of each step the slot of its instruction.</param>
    /// <param name="isMetered">Whether instructions are paid for.</param>
    /// <param name="mayWrite">Whether some instruction can change memory, as <see cref="Codes.MayWrite"/> says.</param>
    public unsafe PredecodedProgram(PinnedBytes steps, int[] firstStep, int[] slots, bool isMetered, bool mayWrite)
    {
        this.steps = steps;
        first = (PredecodedStep*)steps.First;
        this.firstStep = firstStep;
        this.slots = slots;
        IsMetered = isMetered;
        MayWrite = mayWrite;
    }

    /// <summary>Whether instructions are paid for.</summary>
    public bool IsMetered { get; }

    /// <summary>Whether some instruction, or a helper that one calls, can change memory; else the stack stays zero.</summary>
    public bool MayWrite { get; }

    /// <summary>The steps.</summary>
    public ReadOnlySpan<PredecodedStep> Steps => MemoryMarshal.Cast<byte, PredecodedStep>(steps.Span);

    /// <summary>The first step of the instruction at a slot.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No instruction starts there.</exception>
    public unsafe PredecodedStep* At(ulong slot) =>
        slot < (ulong)firstStep.Length && firstStep[slot] >= 0 ? first + firstStep[slot] : throw NoInstruction(slot);

    /// <summary>The first step of the instruction at a slot, behind the one that stops for compiled code, if there is one.</summary>
    /// <param name="slot">A slot at which an instruction starts.</param>
    public unsafe PredecodedStep* Behind(int slot)
    {
        var step = At((ulong)slot);
        return step->Code is Code.TrapAlways && step->Immediate == Execution.Stop.Enter ? step + 1 : step;
    }

    /// <summary>The slot of the instruction that a step belongs to.</summary>
    public unsafe int SlotOf(PredecodedStep* step) => slots[step - first];

    private static ArgumentOutOfRangeException NoInstruction(ulong slot) =>
        new(nameof(slot), $"no instruction starts at slot {slot}");
}
