namespace RbpfSpec.Semantics.Instructions;

/// <summary>A register by its number in a slot; 0 to 10 exist, 11 to 15 can be written in a slot but name nothing.</summary>
public readonly record struct Register(byte Number)
{
    /// <summary>The greatest number of a register.</summary>
    public const byte Last = 10;

    /// <summary>r10, the frame pointer.</summary>
    public static Register FramePointer => new(Last);

    /// <summary>The name, as in <c>r10</c>.</summary>
    public override string ToString() => $"r{Number}";
}
