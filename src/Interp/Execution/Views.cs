namespace RbpfSpec.Interp.Execution;

/// <summary>What a helper sees of a region, from an address on that <see cref="Grants.Find"/> has found to lie within it.</summary>
/// <remarks>Unsafe, and safe: the claims <c>view/*</c> say that all of it lies within the region.</remarks>
internal static unsafe class Views
{
    /// <summary>The byte at the address, as the host sees it.</summary>
    public static byte* First(MappedRegion* region, ulong address) => region->Host + (address - region->Start);

    /// <summary>The number of bytes from the address to the end of the region.</summary>
    public static ulong Rest(MappedRegion* region, ulong address) => region->Length - (address - region->Start);
}
