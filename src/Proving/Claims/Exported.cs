using System.Text;
using RbpfSpec.FileSystem;

namespace RbpfSpec.Proving.Claims;

/// <summary>Scripts as files.</summary>
public static class Exported
{
    /// <summary>Makes the folder, and tries it before anything takes time.</summary>
    /// <exception cref="FileException">Nothing can be written there, or it has scripts of other claims.</exception>
    public static void Prepare(string folder, IEnumerable<Claim> claims)
    {
        OutputFiles.PrepareFolder(folder);
        var names = claims.SelectMany(ScriptFile.NamesOf).Select(name => Path.Combine(folder, name));
        OutputFiles.Alone(folder, names, ScriptFile.Extension, "this export");
    }

    /// <summary>Writes the files of all claims, and yields how many they are.</summary>
    /// <exception cref="FileException">One cannot be written.</exception>
    public static int Write(IReadOnlyList<Claim> claims, string folder, int jobs, CancellationToken cancellation)
    {
        var count = 0;
        using var outputs = new OutputFiles();
        FileException? failure = null;
        Parallel.ForEach(
            claims,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation },
            (claim, loop) =>
            {
                try
                {
                    foreach (var file in ScriptFile.Of(claim))
                    {
                        outputs.Put(Path.Combine(folder, file.Name), Encoding.UTF8.GetBytes(file.Text));
                        Interlocked.Increment(ref count);
                    }
                }
                catch (FileException exception)
                {
                    failure = exception;
                    loop.Stop();
                }
            });
        return failure is null ? count : throw failure;
    }
}
