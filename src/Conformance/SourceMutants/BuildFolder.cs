using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace RbpfSpec.Conformance.SourceMutants;

/// <summary>A copy of the folder of the sources, in which one mutant at a time is built.</summary>
public sealed class BuildFolder : IDisposable
{
    // What is copied is sources, not data.
    private const long MostBytes = 256L << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly string buildCommand;
    private readonly string builtFile;

    private BuildFolder(string folder, string buildCommand, string builtFile) =>
        (Folder, this.buildCommand, this.builtFile) = (folder, buildCommand, builtFile);

    /// <summary>The copy.</summary>
    public string Folder { get; }

    /// <summary>Copies a folder, without <c>.git</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="copy">A folder that does not exist yet, below an empty one.</param>
    /// <param name="build">The command that builds, for the shell, run in the copy.</param>
    /// <param name="built">The file that it makes, from the folder.</param>
    /// <exception cref="IOException">It cannot be copied, or is too large.</exception>
    public static BuildFolder Open(string folder, string copy, string build, string built)
    {
        var left = MostBytes;
        Copy(new(folder), copy, ref left);
        return new(copy, build, built);
    }

    /// <summary>
    /// Builds what the files say; yields a name for the bytes of the program, or null, with what the build printed, if
    /// there is none.
    /// </summary>
    /// <param name="changes">The files that differ from the folder's, each with its text.</param>
    /// <param name="output">What the build printed, if it made nothing.</param>
    public string? Build(IReadOnlyList<(string File, string Text)> changes, out string output)
    {
        List<(string Path, byte[] Bytes)> originals = [];
        var built = Path.Combine(Folder, builtFile);
        try
        {
            // What was built before must not be taken for what is built now.
            File.Delete(built);
            foreach (var (file, text) in changes)
            {
                var path = Path.Combine(Folder, file);
                originals.Add((path, File.ReadAllBytes(path)));
                File.WriteAllText(path, text);
            }

            var exitCode = Run(out output);
            if (exitCode == 0 && File.Exists(built)) return Name(built);
            if (exitCode == 0) output += $"the command made no file '{builtFile}'\n";
            return null;
        }
        finally
        {
            foreach (var (path, bytes) in originals) File.WriteAllBytes(path, bytes);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private int Run(out string output)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"exec 2>&1; {buildCommand}"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var reading = process.StandardOutput.ReadToEndAsync();
        var isOver = process.WaitForExit(Patience);
        if (!isOver) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        output = reading.GetAwaiter().GetResult();
        return isOver ? process.ExitCode : -1;
    }

    // The folder's own name may be among the bytes, and is another for each copy.
    private string Name(string built)
    {
        var bytes = File.ReadAllBytes(built);
        var name = Encoding.UTF8.GetBytes(Folder);
        for (var at = bytes.AsSpan().IndexOf(name); at >= 0; at = bytes.AsSpan().IndexOf(name)) bytes.AsSpan(at, name.Length).Clear();
        return Convert.ToHexString(SHA256.HashData(bytes));
    }

    private static void Copy(DirectoryInfo from, string to, ref long left)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            left -= file.Length;
            if (left < 0)
            {
                throw new IOException(
                    $"'{from.FullName}' is not copied: it has more than {MostBytes >> 20} MiB; expected the folder of the sources alone");
            }

            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories())
        {
            if (folder.Name == ".git") continue;
            if (folder.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                Directory.CreateSymbolicLink(Path.Combine(to, folder.Name), target.FullName);
            else Copy(folder, Path.Combine(to, folder.Name), ref left);
        }
    }
}
