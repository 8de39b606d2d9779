using RbpfSpec.Host.Coap;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Host.Containers;

/// <summary>How a run of a program ended, as far as a device asks.</summary>
/// <param name="Trap">The trap; null if the program ended by EXIT.</param>
/// <param name="Slot">The slot of the EXIT, or of the instruction that trapped.</param>
/// <param name="Result">r0, 64 bits.</param>
/// <param name="BranchesLeft">The branches and local calls that it did not use.</param>
/// <param name="InstructionsLeft">The instructions that it did not use.</param>
/// <param name="Host">The host, as the last helper left it.</param>
/// <param name="Context">The bytes of the context; empty if it had none.</param>
/// <param name="Buffer">The bytes of the buffer; empty if it had none.</param>
public readonly record struct ContainerEnd(
    Trap? Trap,
    int Slot,
    ulong Result,
    ulong BranchesLeft,
    ulong InstructionsLeft,
    HostState<Word> Host,
    Sequence<byte> Context,
    Sequence<byte> Buffer)
{
    /// <summary>The end that an outcome is.</summary>
    /// <exception cref="InvalidOperationException">The run had no limit.</exception>
    public static ContainerEnd Of(Outcome<Word> outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var state = outcome.State;
        return new(
            (outcome as Outcome<Word>.Trapped)?.Trap,
            (int)state.ProgramCounter.Value,
            state.Registers[0].Value,
            Left(state.Budget.Branches),
            Left(state.Budget.Instructions),
            state.Host,
            Bytes(state, AddressSpace.Context),
            Bytes(state, Reply.BufferAddress));
    }

    private static ulong Left(Allowance<Word> allowance) => allowance switch
    {
        Allowance<Word>.Remaining(var count) => count.Value,
        Allowance<Word>.Unlimited => throw new InvalidOperationException("a container was run without a limit"),
    };

    private static Sequence<byte> Bytes(State<Word> state, ulong start)
    {
        foreach (var candidate in state.Memory.Regions)
        {
            if (candidate.Start.Value == start && candidate.Bytes is ByteTree bytes) return Sequence.Of<byte>(bytes.ToArray());
        }

        return [];
    }
}
