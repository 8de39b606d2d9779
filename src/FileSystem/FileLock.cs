using System.Diagnostics;

namespace RbpfSpec.FileSystem;

/// <summary>A file that one process, and one thread of it, changes at a time; the others wait for their turn.</summary>
/// <remarks>
/// The lock is a file beside it, which is there as long as somebody has it; one that a killed process left is no obstacle.
/// </remarks>
public sealed class FileLock : IDisposable
{
    // Changing a file takes milliseconds; so many who wait for their turn there cannot be.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    // How often it may be gone by the time that we look, before something else must be wrong.
    private const int MostGone = 1000;

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(15);

    private readonly string name;
    private readonly FileStream held;

    private FileLock(string name, FileStream held)
    {
        this.name = name;
        this.held = held;
    }

    /// <summary>Waits until nobody else changes a file.</summary>
    /// <param name="file">The file, which need not exist; its folder must.</param>
    /// <exception cref="IOException">There can be no lock, or others have it all the time.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public static FileLock On(string file)
    {
        var lockName = $"{OutputFiles.Target(file)}.lock";
        var watch = Stopwatch.StartNew();
        var gone = 0;

        // Another process does not tell when it has finished.
        using var again = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                if (Taken(lockName) is { } taken) return taken;
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException)
                && watch.Elapsed < Longest && (File.Exists(lockName) || ++gone < MostGone))
            {
                // Somebody has it, or had it a moment ago.
            }

            if (watch.Elapsed >= Longest) throw new IOException($"'{lockName}' is kept by another process");
            again.Wait(Again);
        }
    }

    /// <summary>Lets the next one have it.</summary>
    public void Dispose()
    {
        if (OperatingSystem.IsWindows()) held.Dispose();
        File.Delete(name);
        held.Dispose();
    }

    // Who had it before may have removed the file between our opening and our locking it: then it is not the one that
    // others open. Which file it is shows a time that is set by the one name and read by the other.
    private static FileLock? Taken(string name)
    {
        var opened = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        if (OperatingSystem.IsWindows()) return new(name, opened);
        var stamp = DateTime.UnixEpoch.AddSeconds(2 * (1 + Random.Shared.Next(int.MaxValue / 4)));
        File.SetLastWriteTimeUtc(opened.SafeFileHandle, stamp);
        if (File.GetLastWriteTimeUtc(name) == stamp) return new(name, opened);
        opened.Dispose();
        return null;
    }
}
