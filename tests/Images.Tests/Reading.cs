namespace RbpfSpec.Images.Tests;

/// <summary>Reads bytes and says which of the two results is expected.</summary>
internal static class Reading
{
    public static Image Image(ReadOnlySpan<byte> bytes, ImageOptions? options = null) =>
        ImageFile.Read(bytes, options ?? new()).ShouldBeOfType<ImageResult.Loaded>().Image;

    public static string Problem(ReadOnlySpan<byte> bytes, ImageOptions? options = null) =>
        ImageFile.Read(bytes, options ?? new()).ShouldBeOfType<ImageResult.Malformed>().Problem;
}
