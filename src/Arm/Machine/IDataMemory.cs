namespace RbpfSpec.Arm.Machine;

/// <summary>The data memory of a domain of words: 32-bit addresses, little-endian; a persistent value.</summary>
/// <remarks>
/// Single accesses need no alignment (CCR.UNALIGN_TRP is 0, memory is of the type Normal). Instructions that need it say
/// so themselves. An access of several words asks word by word.
/// </remarks>
/// <typeparam name="T">The word.</typeparam>
public interface IDataMemory<T>
    where T : IWord<T>
{
    /// <summary>Whether an access does not fault.</summary>
    /// <param name="address">The address of the first byte, 32 bits.</param>
    /// <param name="width">8, 16 or 32 bits.</param>
    /// <param name="isWrite">Whether it is a store.</param>
    Truth<T> Grants(T address, Width width, bool isWrite);

    /// <summary>The word of 8, 16 or 32 bits at an address; meaningful where the access is granted.</summary>
    T Read(T address, Width width);

    /// <summary>The memory after a word of 8, 16 or 32 bits is written to an address where <paramref name="when"/> holds.</summary>
    IDataMemory<T> Write(T address, T value, Truth<T> when);
}
