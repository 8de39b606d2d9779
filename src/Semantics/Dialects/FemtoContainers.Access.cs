namespace RbpfSpec.Semantics.Dialects;

public static partial class FemtoContainers
{
    /// <summary>FC-17.</summary>
    public sealed record AccessIsCompared() : DialectDeviation.AccessDeviation(
        "FC-17",
        Name,
        "Addresses are compared as signed numbers, and address + size overflows: an access near 2^63 passes in every region.",
        MemoryCheck)
    {
        /// <inheritdoc/>
        public override TBit Contains<TWord, TBit>(TWord start, TWord length, TWord address, TWord count) =>
            !TWord.LessSigned(address, start) & !TWord.LessSigned(start + length, address + count);
    }
}
