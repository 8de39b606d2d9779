using RbpfSpec.Arm.Instructions;

namespace RbpfSpec.Arm.Encodings;

/// <summary>The kind of bits that the decoder refuses.</summary>
public enum RefusalKind
{
    /// <summary>No instruction of this set: unallocated, or one that the set leaves out.</summary>
    Unknown,

    /// <summary>The manual says UNPREDICTABLE.</summary>
    Unpredictable,

    /// <summary>A bit that should be zero or one is not.</summary>
    ReservedBit,
}

/// <summary>The result of decoding one or two halfwords.</summary>
public abstract record Decoded
{
    private Decoded(int length) => Length = length;

    /// <summary>How many bytes it is: 2 or 4.</summary>
    public int Length { get; }

    /// <summary>An instruction.</summary>
    public sealed record Allowed : Decoded
    {
        /// <summary>An instruction of so many bytes.</summary>
        public Allowed(Instruction instruction, int length)
            : base(length) => Instruction = instruction;

        /// <summary>Which; it says its encoding.</summary>
        public Instruction Instruction { get; }

        /// <summary>Its parts.</summary>
        public void Deconstruct(out Instruction instruction, out int length) => (instruction, length) = (Instruction, Length);
    }

    /// <summary>Bits that are no instruction to rely on.</summary>
    public sealed record Refused : Decoded
    {
        /// <summary>So many bytes, refused for a reason.</summary>
        public Refused(RefusalKind kind, string reason, int length)
            : base(length) => (Kind, Reason) = (kind, reason);

        /// <summary>The kind.</summary>
        public RefusalKind Kind { get; }

        /// <summary>The reason, in words.</summary>
        public string Reason { get; }
    }
}
