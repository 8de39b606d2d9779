
namespace RbpfSpec.Semantics.Instructions;

/// <summary>An access to memory: which bytes, and what is done to them.</summary>
/// <param name="Address">The address of the first byte, 64 bits.</param>
/// <param name="Count">The number of bytes, 64 bits; zero only where a helper is told so.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Base">The field that names the register to which the offset was added; null where no one register was.</param>
public readonly record struct MemoryAccess<T>(T Address, T Count, Access Kind, Field? Base)
    where T : IWord<T>
{
    /// <summary>Whether some one region of a memory grants it.</summary>
    public Truth<T> IsGranted(IMemory<T> memory) => memory.Grants(Address, Count, Kind);
}
