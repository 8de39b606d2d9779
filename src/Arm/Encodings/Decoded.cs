using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Encodings;

/// <summary>What kind of bits the decoder refuses.</summary>
public enum RefusalKind
{
    /// <summary>No instruction of this set: unallocated, or one that the set leaves out.</summary>
    Unknown,

    /// <summary>The manual says UNPREDICTABLE.</summary>
    Unpredictable,

    /// <summary>A bit that should be zero or one is not.</summary>
    ReservedBit,
}

/// <summary>What the decoder makes of one or two halfwords.</summary>
/// <param name="Length">How many bytes they are: 2 or 4.</param>
public abstract record Decoded(int Length)
{
    /// <summary>An instruction.</summary>
    /// <param name="Instruction">Which; it says its encoding.</param>
    /// <param name="Length">How many bytes it has.</param>
    public sealed record Allowed(Instruction Instruction, int Length) : Decoded(Length);

    /// <summary>Bits that are no instruction to rely on.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Reason">The reason, in words.</param>
    /// <param name="Length">How many bytes they are.</param>
    public sealed record Refused(RefusalKind Kind, string Reason, int Length) : Decoded(Length);
}
