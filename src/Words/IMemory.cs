namespace RbpfSpec.Words;

/// <summary>The memory of a domain of words: what a program can read and write; a persistent value.</summary>
/// <remarks>
/// A rule asks memory these questions and no others, so whatever answers them is a memory to run rules on:
/// <see cref="RegionMemory{T}"/> where the regions are at hand, a text or an expression where a rule is printed.
/// Addresses and counts of bytes are 64 bits wide.
/// </remarks>
/// <typeparam name="T">The word.</typeparam>
public interface IMemory<T>
    where T : IWord<T>
{
    /// <summary>Whether some one region grants an access of <paramref name="count"/> bytes at an address.</summary>
    Truth<T> Grants(T address, T count, Access access);

    /// <summary>The little-endian word at an address; meaningful where a read of its size is granted.</summary>
    T Read(T address, Width width);

    /// <summary>
    /// The memory after a little-endian word is written at an address where <paramref name="when"/> holds. Bytes change
    /// only where the write is granted.
    /// </summary>
    IMemory<T> Write(T address, T value, Truth<T> when);

    /// <summary>
    /// Another memory after bytes of this one are copied to it where <paramref name="when"/> holds: from where reading
    /// them is granted to where writing them is. The ranges may overlap.
    /// </summary>
    /// <param name="target">The memory that is written: this one, or one that came of it.</param>
    /// <param name="to">The address of the first byte written.</param>
    /// <param name="from">The address of the first byte read.</param>
    /// <param name="count">How many bytes.</param>
    /// <param name="when">Whether they are copied.</param>
    IMemory<T> Copy(IMemory<T> target, T to, T from, ulong count, Truth<T> when);

    /// <summary>The number of bytes from an address to the end of the region that grants a read there; else zero.</summary>
    T RestOfRegion(T address);

    /// <summary>The address of the first byte of the stack frame in use, right above where the next one goes.</summary>
    T FrameStart { get; }

    /// <summary>The memory with one more stack frame, right below the one in use: a region of its own, zeroed.</summary>
    IMemory<T> PushFrame();

    /// <summary>The memory without the latest stack frame.</summary>
    IMemory<T> PopFrame();
}
