using System.Text.RegularExpressions;

namespace RbpfSpec.FileSystem;

/// <summary>
/// Names for what is not whole yet, in the folder where it is to be, all of one tag. A file of the same tag is locked as
/// long as they are in use: so what a process left that did not come to its end is known, and the next one removes it.
/// </summary>
public sealed partial class Unfinished : IDisposable
{
    private const string Suffix = ".unfinished";
    private const int Attempts = 8;

    // Of the name that it will have, for whoever looks; file systems have names of 255 bytes.
    private const int LongestName = 48;

    private readonly string folder;
    private readonly string tag;
    private readonly FileStream held;
    private readonly List<string> names;

    private Unfinished(string folder, string tag, FileStream held, string name)
    {
        names = [name];
        this.folder = folder;
        this.tag = tag;
        this.held = held;
    }

    /// <summary>Removes what others left in a folder, and begins there.</summary>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static Unfinished In(string folder)
    {
        RemoveStale(folder);
        for (var attempt = 1; ; attempt++)
        {
            var drawn = Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
            var name = Path.Combine(folder, $"rbpf.{drawn}-0{Suffix}");
            try
            {
                var begun = new FileStream(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);

                // Before it was locked, somebody may have taken it for stale.
                if (File.Exists(name)) return new(folder, drawn, begun, name);
                begun.Dispose();
            }
            catch (IOException) when (attempt < Attempts && Directory.Exists(folder))
            {
                // The same.
            }
            catch (UnauthorizedAccessException exception)
            {
                // Not of the name that only we know.
                throw new UnauthorizedAccessException($"nothing may be written in the folder '{folder}'", exception);
            }
        }
    }

    /// <summary>A name for what is to have some name in the end.</summary>
    public string For(string name)
    {
        var file = Path.GetFileName(name);
        var unfinished = Path.Combine(folder, $"{file[..Math.Min(file.Length, LongestName)]}.{tag}-{names.Count:x}{Suffix}");
        names.Add(unfinished);
        return unfinished;
    }

    /// <summary>Removes what is there of it.</summary>
    public void Dispose()
    {
        // The locked file last, and it is locked until then; but some systems delete no file that is open.
        foreach (var name in names.Skip(1)) Remove(name);
        if (OperatingSystem.IsWindows()) held.Dispose();
        Remove(names[0]);
        held.Dispose();
    }

    private static void RemoveStale(string folder)
    {
        try
        {
            var left =
                from path in Directory.EnumerateFileSystemEntries(folder, $"*{Suffix}")
                let match = Name().Match(Path.GetFileName(path))
                where match.Success
                group path by match.Groups["tag"].Value;
            foreach (var group in left.ToList()) RemoveStale(Path.Combine(folder, $"rbpf.{group.Key}-0{Suffix}"), group);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is to be written there tells.
        }
    }

    private static void RemoveStale(string locked, IEnumerable<string> paths)
    {
        try
        {
            using var taken = File.Exists(locked) ? new FileStream(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1) : null;
            foreach (var path in paths.Where(path => path != locked)) Remove(path);
            if (OperatingSystem.IsWindows()) taken?.Dispose();
            Remove(locked);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody is at work with it.
        }
    }

    private static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
            else File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next one may remove it.
        }
    }

    [GeneratedRegex(@"\.(?<tag>[a-z0-9]{11})-[0-9a-f]+\.unfinished$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
