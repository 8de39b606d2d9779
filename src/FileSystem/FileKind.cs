namespace RbpfSpec.FileSystem;

/// <summary>A way to read a file, which bounds how large it may be.</summary>
/// <param name="Name">What such a file is called in messages.</param>
/// <param name="Limit">The most bytes that it may have.</param>
public sealed record FileKind(string Name, long Limit)
{
    private const long Mebibyte = 1 << 20;

    /// <summary>A program: at most 16 MiB, as text or among debug information four times as many.</summary>
    public static FileKind Program { get; } = new("a program's file", 64 * Mebibyte);

    /// <summary>The contents of memory.</summary>
    public static FileKind Memory { get; } = new("a memory file", 64 * Mebibyte);

    /// <summary>Any other text: suites, ledgers, lists.</summary>
    public static FileKind Text { get; } = new("a text file", 256 * Mebibyte);
}
