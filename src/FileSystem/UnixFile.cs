using System.Formats.Tar;

namespace RbpfSpec.FileSystem;

/// <summary>Tells the kind of thing that a path leads to, without opening it: opening a pipe waits, and is seen at its other end.</summary>
public static class UnixFile
{
    /// <summary>Whether a path is written to, and read, as a stream: a pipe, a device, a socket. What does not exist is none.</summary>
    /// <param name="path">A full path.</param>
    public static bool IsStream(string path)
    {
        if (OperatingSystem.IsWindows()) return path.StartsWith(@"\\.\", StringComparison.Ordinal);
        var file = new FileInfo(path);
        if (!file.Exists) return false;
        if (IsOfSystem(path)) return true;

        // Only of a regular file a length is told.
        return file.Length == 0 && file.LinkTarget is null && !IsRegular(path);
    }

    // What processes have open, and devices; but for files in memory.
    private static bool IsOfSystem(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
        || path.StartsWith("/proc/", StringComparison.Ordinal);

    // The runtime tells the type of a file to nobody but its archives, which have an entry for each type but sockets.
    private static bool IsRegular(string path)
    {
        try
        {
            using var archive = new MemoryStream();
            using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true)) writer.WriteEntry(path, "file");
            archive.Position = 0;
            using var reader = new TarReader(archive);
            return reader.GetNextEntry()?.EntryType is TarEntryType.RegularFile;
        }
        catch (UnauthorizedAccessException)
        {
            // Whoever writes it tells.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
