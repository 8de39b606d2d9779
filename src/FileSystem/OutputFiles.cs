namespace RbpfSpec.FileSystem;

/// <summary>Writes files whole, or not at all; pipes and devices as what they are.</summary>
/// <remarks>
/// A file is written beside its place, under another name, and then put there: who reads it meanwhile, and who finds it
/// after a crash, has the old one or the new one. A link is followed, and what it leads to is written; a file that is there
/// keeps its mode. It serves several threads.
/// </remarks>
public sealed class OutputFiles : IDisposable
{
    // More links than any path has that leads somewhere.
    private const int MostLinks = 40;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Unfinished> folders = new(StringComparer.Ordinal);

    /// <summary>Writes files, all of them or none.</summary>
    /// <exception cref="FileException">One cannot be written.</exception>
    public static void Write(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        using var outputs = new OutputFiles();
        var current = "";
        List<(string Name, string Unfinished, string Target)> whole = [];
        Told(() => current, () =>
        {
            foreach (var (name, bytes) in files)
            {
                current = name;
                var target = Target(name);
                if (UnixFile.IsStream(target)) Send(target, bytes);
                else whole.Add((name, outputs.Unfinished(target, bytes), target));
            }

            foreach (var (name, unfinished, target) in whole)
            {
                current = name;
                File.Move(unfinished, target, overwrite: true);
            }
        });
    }

    /// <summary>Writes a file, and makes the folders that it lies in.</summary>
    /// <exception cref="FileException">It cannot be written.</exception>
    public void Put(string name, byte[] bytes) => Told(() => name, () =>
    {
        var target = Target(name);
        Directory.CreateDirectory(FolderOf(target));
        File.Move(Unfinished(target, bytes), target, overwrite: true);
    });

    /// <summary>Tries whether a file can be written, as far as that can be known, and leaves it as it is.</summary>
    /// <param name="name">The file.</param>
    /// <param name="expected">How long it will be in bytes, roughly: a disk without so much room is full.</param>
    /// <exception cref="FileException">It cannot be written.</exception>
    public static void Prepare(string name, int expected = 1 << 16)
    {
        using var outputs = new OutputFiles();
        Told(() => name, () =>
        {
            var target = Target(name);
            if (!UnixFile.IsStream(target)) outputs.Unfinished(target, new byte[expected]);
        });
    }

    /// <summary>Tries whether files can be written to a folder, and makes it.</summary>
    /// <exception cref="FileException">None can.</exception>
    public static void PrepareFolder(string name)
    {
        if (File.Exists(name)) throw new FileException($"'{name}' is a file; expected a folder");
        try
        {
            Told(() => name, () => Directory.CreateDirectory(name));
            Prepare(Path.Combine(name, "probe"));
        }
        catch (FileException exception)
        {
            throw new FileException(
                $"the folder '{name}' cannot be written to: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    /// <summary>Refuses a folder with other files of a kind than are to be written: they would be taken for some of these.</summary>
    /// <param name="folder">The folder; those in it count, too. It need not be there.</param>
    /// <param name="names">The files that are to be written.</param>
    /// <param name="extension">What the names of the kind end in, such as <c>.data</c>.</param>
    /// <param name="what">What is written, such as <c>this suite</c>.</param>
    /// <exception cref="FileException">There are such files.</exception>
    public static void Alone(string folder, IEnumerable<string> names, string extension, string what)
    {
        if (!Directory.Exists(folder)) return;
        var written = names.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        EnumerationOptions all = new()
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        var others = Directory.EnumerateFiles(folder, $"*{extension}", all).Where(file => !written.Contains(Path.GetFullPath(file)))
            .Order(StringComparer.Ordinal).ToList();
        if (others.Count == 0) return;
        throw new FileException(
            $"'{folder}' has {others.Count} {extension} {(others.Count == 1 ? "file" : "files")} that {what} has not, such as "
            + $"'{Path.GetRelativePath(folder, others[0])}', and nothing was written; expected a new folder, or one without them");
    }

    /// <summary>Where a file is in the end, when all links are followed; a full path.</summary>
    /// <exception cref="IOException">The links lead nowhere.</exception>
    /// <exception cref="ArgumentException">No file can have this name.</exception>
    public static string Target(string name)
    {
        var path = Path.GetFullPath(name);
        for (var links = 0; !UnixFile.IsStream(path) && new FileInfo(path).LinkTarget is { } link; links++)
        {
            if (links == MostLinks) throw new IOException("its links lead in a circle");
            path = Path.GetFullPath(link, FolderOf(path));
        }

        return path;
    }

    /// <summary>Removes what was not put in its place.</summary>
    public void Dispose()
    {
        foreach (var folder in folders.Values) folder.Dispose();
    }

    private static void Told(Func<string> name, Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new FileException($"'{name()}' cannot be written: {exception.Message}", exception);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) ?? path;

    // Whoever waits at the other end of a pipe gets all that there is, and then its end.
    private static void Send(string target, byte[] bytes)
    {
        using var stream = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        stream.Write(bytes);
    }

    // The file, whole, under another name.
    private string Unfinished(string target, byte[] bytes)
    {
        if (Directory.Exists(target)) throw new IOException("it is a folder; expected a file");
        if (!Directory.Exists(FolderOf(target))) throw new IOException($"the folder '{FolderOf(target)}' does not exist");
        UnixFileMode? mode = null;
        if (File.Exists(target))
        {
            // A file that may not be written is not replaced either.
            using var present = new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
            if (!OperatingSystem.IsWindows()) mode = File.GetUnixFileMode(present.SafeFileHandle);
        }

        string unfinished;
        lock (gate)
        {
            if (!folders.TryGetValue(FolderOf(target), out var folder))
                folders[FolderOf(target)] = folder = FileSystem.Unfinished.In(FolderOf(target));
            unfinished = folder.For(target);
        }

        using var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        if (mode is { } kept && !OperatingSystem.IsWindows()) File.SetUnixFileMode(stream.SafeFileHandle, kept);
        stream.Write(bytes);
        return unfinished;
    }
}
