using RbpfSpec.Arm.Machine;

namespace RbpfSpec.Proofs.Device.Functions;

/// <summary>A helper's call on numbers: what it leaves.</summary>
/// <param name="Machine">The address of the machine.</param>
/// <param name="Result">The machine's r0 afterwards; null if an argument is refused, and it stays.</param>
/// <param name="Registers">The registers that a function need not keep, by their numbers, with R0, which it yields.</param>
/// <param name="Flags">The flags.</param>
internal sealed record HelperCalled(uint Machine, ulong? Result, Sequence<(int Number, uint Value)> Registers, Flags<Word> Flags)
{
    /// <summary>The address of the helper.</summary>
    public const uint Address = 0x21a0_0000;

    /// <summary>The state after the call.</summary>
    /// <param name="state">The state before it.</param>
    public ArmState<Word> After(ArmState<Word> state)
    {
        var memory = state.Memory;
        if (Result is { } result)
        {
            foreach (var (offset, part) in (ReadOnlySpan<(uint, ulong)>)[(0, result), (4, result >> 32)])
            {
                memory = memory.Write(
                    Arithmetic<Word>.Constant(Machine + offset), Word.Wrap(part, Width.Bits32), Truth<Word>.Of(true));
            }
        }

        return Registers.Aggregate(
            state with { Memory = memory, Flags = Flags },
            (left, register) => left.With(register.Number, Arithmetic<Word>.Constant(register.Value)));
    }
}
