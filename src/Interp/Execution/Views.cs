namespace RbpfSpec.Interp.Execution;

/// <summary>The view that a helper has of the region that <see cref="Grants.Find"/> has found for an argument.</summary>
/// <remarks>Unsafe, and safe: the claims <c>views/*</c>, about this very code, say that all of it lies within the region.</remarks>
internal static unsafe class Views
{
    /// <summary>The first byte of the view, as the host sees it.</summary>
    /// <param name="region">The region.</param>
    /// <param name="address">The argument.</param>
    public static byte* First(MappedRegion* region, ulong address) => region->Host + (address - region->Start);

    /// <summary>The number of bytes of the view.</summary>
    /// <param name="region">The region.</param>
    /// <param name="address">The argument.</param>
    /// <param name="count">How many bytes from there on the region was asked to grant.</param>
    /// <param name="isRest">Whether all to its end are meant.</param>
    public static ulong Length(MappedRegion* region, ulong address, ulong count, bool isRest) =>
        isRest ? region->Length - (address - region->Start) : count;
}
