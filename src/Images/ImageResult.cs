namespace RbpfSpec.Images;

/// <summary>The result of reading a file.</summary>
public abstract record ImageResult
{
    private ImageResult() { }

    /// <summary>The file holds a program.</summary>
    public sealed record Loaded(Image Image) : ImageResult;

    /// <summary>The file cannot be used.</summary>
    /// <param name="Problem">
    /// What is wrong, where in the file, and what would be right, in one line; the file's name is for the caller to
    /// add.
    /// </param>
    public sealed record Malformed(string Problem) : ImageResult;
}
