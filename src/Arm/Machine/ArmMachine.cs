using RbpfSpec.Arm.Encodings;
using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Machine;

/// <summary>How a concrete step ends.</summary>
public abstract record ArmOutcome
{
    private ArmOutcome()
    {
    }

    /// <summary>The thread goes on.</summary>
    /// <param name="State">The next state.</param>
    /// <param name="Address">The address of the next instruction.</param>
    public sealed record Next(ArmState<Word> State, uint Address) : ArmOutcome;

    /// <summary>The instruction faults; the state is as it was.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Faulted(Fault Fault) : ArmOutcome;

    /// <summary>No instruction is there.</summary>
    /// <param name="Reason">Why, in words.</param>
    public sealed record Refused(string Reason) : ArmOutcome;
}

/// <summary>The rules on numbers: the code is in the memory of the state.</summary>
public static class ArmMachine
{
    /// <summary>Executes the instruction at an address.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="address">Its address, even.</param>
    public static ArmOutcome Step(ArmState<Word> state, uint address)
    {
        if (Halfword(state, address) is not { } first) return new ArmOutcome.Refused("no memory is there");
        var second = Decoder.Length(first) == 4 ? Halfword(state, address + 2) : (ushort)0;
        if (second is null) return new ArmOutcome.Refused("the memory ends in the middle of an instruction");
        return Decoder.Decode(first, second.Value) switch
        {
            Decoded.Refused refused => new ArmOutcome.Refused(refused.Reason),
            Decoded.Allowed allowed => Step(state, address, allowed.Instruction, allowed.Length),
        };
    }

    /// <summary>Executes an instruction as if it were at an address.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="address">The address, even.</param>
    /// <param name="instruction">The instruction.</param>
    /// <param name="length">How many bytes it has.</param>
    public static ArmOutcome Step(ArmState<Word> state, uint address, Instruction instruction, int length)
    {
        var effect = instruction.Execute(state, Arithmetic<Word>.Constant(address));
        foreach (var guard in effect.Guards)
        {
            if (guard.When.Value) return new ArmOutcome.Faulted(guard.Fault);
        }

        var next = effect.Jump is { } jump && jump.Taken.Value ? (uint)jump.Target.Value : address + (uint)length;
        return new ArmOutcome.Next(effect.State, next);
    }

    private static ushort? Halfword(ArmState<Word> state, uint address)
    {
        var at = Arithmetic<Word>.Constant(address);
        return state.Memory.Grants(at, Width.Bits16, isWrite: false).Value
            ? (ushort)state.Memory.Read(at, Width.Bits16).Value
            : null;
    }
}
