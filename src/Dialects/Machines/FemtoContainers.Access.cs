namespace RbpfSpec.Dialects.Machines;

public static partial class FemtoContainers
{
    /// <summary>FC-17.</summary>
    public sealed record AccessIsCompared() : DialectDeviation.AccessDeviation(
        "FC-17",
        Name,
        "Addresses are compared as signed numbers, and address + size overflows: an access near 2^63 passes in every region.",
        MemoryCheck)
    {
        public override Truth<T> Contains<T>(T start, T length, T address, T count) =>
            !T.LessSigned(address, start) & !T.LessSigned(start + length, address + count);
    }
}
