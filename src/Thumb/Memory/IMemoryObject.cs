using RbpfSpec.Symbolic.Words;

namespace RbpfSpec.Thumb.Memory;

/// <summary>A thing in memory that code reaches by an address of its own: a structure, a stack, an array; a persistent value.</summary>
/// <remarks>Two objects share no byte: whoever makes a memory of them assumes that.</remarks>
public interface IMemoryObject
{
    /// <summary>Whether an access at a distance from its first byte is one of it, and defined.</summary>
    /// <param name="offset">The distance, 32 bits.</param>
    /// <param name="width">8, 16 or 32 bits.</param>
    /// <param name="isWrite">Whether it is a store.</param>
    Truth<TermWord> Grants(TermWord offset, Width width, bool isWrite);

    /// <summary>The word at a distance; meaningful where the access is granted.</summary>
    TermWord Read(TermWord offset, Width width);

    /// <summary>The object after a word is written at a distance where <paramref name="when"/> holds.</summary>
    IMemoryObject Write(TermWord offset, TermWord value, Truth<TermWord> when);
}
