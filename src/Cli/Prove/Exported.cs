using RbpfSpec.Symbolic.Obligations;

namespace RbpfSpec.Cli.Prove;

/// <summary>Scripts as files.</summary>
public static class Exported
{
    /// <summary>Makes the folder, and tries it before anything takes time.</summary>
    /// <exception cref="UsageException">Nothing can be written there.</exception>
    public static void Prepare(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".rbpf");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"the folder '{folder}' cannot be written to: {exception.Message}");
        }
    }

    /// <summary>Writes the files of all claims, and yields how many they are.</summary>
    public static int Write(IReadOnlyList<Claim> claims, string folder, int jobs, CancellationToken cancellation)
    {
        var count = 0;
        Parallel.ForEach(
            claims,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            claim =>
            {
                foreach (var file in ScriptFile.Of(claim))
                {
                    var path = Path.Combine(folder, file.Name);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.WriteAllText(path, file.Text);
                    Interlocked.Increment(ref count);
                }
            });
        return count;
    }
}
