using RbpfSpec.Semantics.Instructions;

namespace RbpfSpec.Semantics.Validity;

/// <summary>The result of decoding a slot, with the one after it.</summary>
public abstract record Decoded
{
    private Decoded()
    {
    }

    /// <summary>An instruction.</summary>
    public sealed record Valid(Instruction Instruction) : Decoded;

    /// <summary>No instruction, for these reasons; at least one.</summary>
    public sealed record Malformed(Sequence<Problem> Problems) : Decoded;
}
