namespace RbpfSpec.Images.Tests;

/// <summary>Prints an image for people to approve: one slot a line, eight bytes of data a line.</summary>
internal static class ImageText
{
    public static string Of(Image image) => string.Concat(Lines(image).Select(static line => line + "\n"));

    private static IEnumerable<string> Lines(Image image) =>
    [
        $"{image.Format}, starts at slot {image.Entry}",
        .. image.Notes.Select(static note => $"note: {note}"),
        "",
        "program",
        .. Rows(image.Program, static row => $"{row,6}"),
        .. image.Regions.SelectMany(Lines),
        "",
        .. image.Functions.Select(static it => $"function {it.Name} at slot {it.Slot}, {it.Slots} slots"),
        .. image.Labels.Select(static it => $"label {it.Name} at slot {it.Slot}"),
    ];

    private static IEnumerable<string> Lines(ImageRegion region) =>
    [
        "",
        $"region {region.Name}, {region.Permission}",
        .. Rows(region.Bytes, row => $"{region.Address + (8 * (ulong)row):x16}"),
    ];

    private static IEnumerable<string> Rows(IEnumerable<byte> bytes, Func<int, string> place) =>
        bytes.Chunk(8).Select((chunk, row) => $"{place(row)}  {Convert.ToHexStringLower(chunk)}");
}
