using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Machine;

/// <summary>ITSTATE: which condition the next instructions of an IT block have; a plain number, since IT is a constant.</summary>
/// <param name="Bits">The eight bits: condition in the upper half, what is left of the mask in the lower.</param>
public readonly record struct ItState(byte Bits)
{
    /// <summary>Whether the next instruction is in an IT block.</summary>
    public bool IsInBlock => (Bits & 0xf) != 0;

    /// <summary>Whether the next instruction is the last one of its block.</summary>
    public bool IsLast => (Bits & 0xf) == 8;

    /// <summary>The condition of the next instruction.</summary>
    public Condition Condition => IsInBlock ? (Condition)(Bits >> 4) : Condition.Always;

    /// <summary>The state after one more instruction.</summary>
    public ItState Advanced => new((byte)((Bits & 7) == 0 ? 0 : (Bits & 0xe0) | ((Bits << 1) & 0x1f)));
}
