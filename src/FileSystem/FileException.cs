namespace RbpfSpec.FileSystem;

/// <summary>A file that cannot be read or written; the message names it, and says why.</summary>
/// <remarks>
/// Files change while a program runs, and disks fill: what the runtime throws of them is met where it is thrown, and told in
/// words that stand alone.
/// </remarks>
public sealed class FileException : Exception
{
    /// <summary>With the file, what was wrong, and what would be right.</summary>
    public FileException(string message)
        : base(message)
    {
    }

    /// <summary>With the file, what was wrong, and what showed it.</summary>
    public FileException(string message, Exception reason)
        : base(message, reason)
    {
    }
}
